#include "engine/link_order.h"

#include <map>
#include <utility>

namespace accord::engine {
namespace {

constexpr const char* kPython = "python";

class Linking {
 public:
  explicit Linking(const std::vector<LinkedPackage>& packages)
      : packages_(packages), needs_(packages.size()), visited_(packages.size()) {
    for (size_t i = 0; i < packages.size(); ++i) by_name_[packages[i].name] = i;
    for (size_t i = 0; i < packages.size(); ++i) {
      for (const std::string& name : packages[i].needs) AddNeed(i, name);
      if (packages[i].is_python_code) AddNeed(i, kPython);
    }
  }

  std::vector<size_t> Run() {
    for (const auto& [name, package] : by_name_) Visit(package);
    return std::move(ordered_);
  }

 private:
  void AddNeed(size_t package, const std::string& name) {
    const auto needed = by_name_.find(name);
    if (needed != by_name_.end()) needs_[package].emplace(name, needed->second);
  }

  // A stack of its own: a chain of needs may be as long as the answer.
  void Visit(size_t root) {
    struct Frame {
      size_t package;
      std::map<std::string, size_t>::const_iterator next;
    };
    std::vector<Frame> stack;
    const auto enter = [&](size_t package) {
      if (visited_[package] || (python_waits_ && packages_[package].is_python_code)) return;
      visited_[package] = true;
      if (packages_[package].name == kPython) python_waits_ = true;
      stack.push_back({package, needs_[package].begin()});
    };
    enter(root);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next == needs_[top.package].end()) {
        if (packages_[top.package].name == kPython) python_waits_ = false;
        ordered_.push_back(top.package);
        stack.pop_back();
        continue;
      }
      const size_t next = (top.next++)->second;
      enter(next);
    }
  }

  const std::vector<LinkedPackage>& packages_;
  std::map<std::string, size_t> by_name_;
  std::vector<std::map<std::string, size_t>> needs_;
  std::vector<bool> visited_;
  bool python_waits_ = false;  // it is met and not taken: for what it needs
  std::vector<size_t> ordered_;
};

}  // namespace

std::vector<size_t> LinkOrder(const std::vector<LinkedPackage>& packages) {
  return Linking(packages).Run();
}

std::vector<LinkedPackage> LinkedPackages(const std::vector<ChosenPackage>& chosen) {
  std::map<std::string, std::set<std::string>, std::less<>> needs;
  for (const ChosenPackage& one : chosen) {
    for (const RequiredBy& by : one.required_by) {
      const size_t blank = by.who.find(' ');  // a package has a version, the request has none
      if (blank != std::string::npos) needs[by.who.substr(0, blank)].insert(one.name);
    }
  }
  std::vector<LinkedPackage> packages;
  packages.reserve(chosen.size());
  for (const ChosenPackage& one : chosen) {
    packages.push_back({.name = one.name,
                        .needs = std::move(needs[one.name]),
                        .is_python_code = one.noarch == "python"});
  }
  return packages;
}

}  // namespace accord::engine
