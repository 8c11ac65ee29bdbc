#include "wire/conda_files.h"

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace accord::wire {
namespace {

using engine::ChosenPackage;

// Packages with what they need before them. Of a cycle the package that the walk meets last comes
// first; names decide where needs do not.
class LinkOrder {
 public:
  explicit LinkOrder(const std::vector<ChosenPackage>& packages) {
    for (const ChosenPackage& package : packages) by_name_[package.name] = &package;
    for (const ChosenPackage& package : packages) {
      for (const engine::RequiredBy& by : package.required_by) {
        needs_[std::string(std::string_view(by.who).substr(0, by.who.find(' ')))].insert(
            package.name);
      }
    }
  }

  std::vector<const ChosenPackage*> Run() {
    for (const auto& [name, package] : by_name_) Visit(name);
    return ordered_;
  }

 private:
  // A stack of its own: a chain of needs may be as long as the answer.
  void Visit(const std::string& root) {
    struct Frame {
      const std::string* name;
      std::set<std::string>::const_iterator next;
    };
    std::vector<Frame> stack;
    const auto enter = [&](const std::string& name) {
      if (!by_name_.contains(name) || !visited_.insert(name).second) return;
      stack.push_back({&by_name_.find(name)->first, needs_[name].begin()});
    };
    enter(root);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next == needs_[*top.name].end()) {
        ordered_.push_back(by_name_[*top.name]);
        stack.pop_back();
        continue;
      }
      enter(*top.next++);
    }
  }

  std::map<std::string, const ChosenPackage*> by_name_;
  std::map<std::string, std::set<std::string>> needs_;
  std::set<std::string> visited_;
  std::vector<const ChosenPackage*> ordered_;
};

absl::StatusOr<std::string> AddressOf(const ChosenPackage& package) {
  if (package.files.empty()) {
    return Missing(package.name, "its record names no file, which an explicit list is made of");
  }
  const engine::ChosenFile& file = package.files.front();
  std::string address = file.url;
  if (address.empty()) {
    address = Cat(package.channel.empty() ? "" : Cat(package.channel, "/"), package.subdir, "/",
                  file.name);
  }
  if (!file.sha256.empty()) return Cat(address, "#sha256:", file.sha256);
  return file.md5.empty() ? address : Cat(address, "#", file.md5);
}

}  // namespace

absl::StatusOr<std::string> ExplicitText(const engine::Answer& answer) {
  std::string text = "@EXPLICIT\n";
  for (const ChosenPackage* package : LinkOrder(answer.solution).Run()) {
    const absl::StatusOr<std::string> address = AddressOf(*package);
    if (!address.ok()) return address.status();
    text += Cat(*address, "\n");
  }
  return text;
}

absl::StatusOr<std::string> EnvironmentText(const engine::Answer& answer) {
  std::string text = "dependencies:\n";
  for (const ChosenPackage& package : answer.solution) {
    text += Cat("  - ", package.name, "=", package.version,
                package.build.empty() ? "" : Cat("=", package.build), "\n");
  }
  return text;
}

}  // namespace accord::wire
