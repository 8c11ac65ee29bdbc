// A conda request, two channels in memory and an answer; a test changes what it is about.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "check/conda_check.h"
#include "ecosystem/conda/grammar.h"
#include "metadata/compiled_record.h"
#include "metadata/record.h"
#include "metadata/source.h"

namespace accord::check {

struct CondaFact {
  std::string name;
  std::string version = "1.0";
  std::string build = "0";
  std::string subdir = "linux-64";
  std::vector<std::string> needs = {};
  std::vector<std::pair<std::string, std::string>> says = {};  // attributes besides
  metadata::FileRecord file = {};  // named after the record if it has no name
  std::string unknown_because = {};
};

// For one thread.
class CondaChannelFacts final : public metadata::Source {
 public:
  explicit CondaChannelFacts(std::string channel) : channel_(std::move(channel)) {}

  void Add(CondaFact fact) {
    metadata::PackageRecord& package = packages_[fact.name];
    package.name = fact.name;
    metadata::VersionRecord version = {.version = fact.version, .files = {fact.file}};
    if (fact.file.name.empty()) {
      version.files[0].name = Cat(fact.name, "-", fact.version, "-", fact.build, ".conda");
    }
    std::map<std::string, std::string> says(fact.says.begin(), fact.says.end());
    says.insert({{"build", fact.build}, {"channel", channel_}, {"subdir", fact.subdir}});
    version.attributes.assign(says.begin(), says.end());
    if (fact.unknown_because.empty()) {
      version.metadata = static_cast<uint32_t>(package.metadata.size());
      package.metadata.push_back({.requirements = std::move(fact.needs)});
    } else {
      version.unknown_because = fact.unknown_because;
    }
    package.versions.push_back(std::move(version));
    compiled_.clear();
  }
  void Replace(CondaFact fact) {
    packages_.erase(fact.name);
    Add(std::move(fact));
  }

  absl::StatusOr<const metadata::PackageFacts*> Find(std::string_view name) const override {
    const auto found = packages_.find(name);
    if (found == packages_.end()) return nullptr;
    std::shared_ptr<const metadata::CompiledRecord>& compiled = compiled_[found->first];
    if (compiled == nullptr) {
      compiled = std::make_shared<const metadata::CompiledRecord>(found->second, grammar_);
    }
    return &compiled->facts();
  }
  bool complete() const override { return true; }
  std::string_view ecosystem() const override { return "conda"; }
  std::string_view place() const override { return channel_; }

 private:
  std::string channel_;
  std::map<std::string, metadata::PackageRecord, std::less<>> packages_;
  mutable std::map<std::string, std::shared_ptr<const metadata::CompiledRecord>> compiled_;
  conda::CondaGrammar grammar_;
};

// "app" is asked for, it needs "lib", and both are chosen.
struct CondaCase {
  conda::ResolveRequest request;
  CondaChannelFacts first{"main"};
  CondaChannelFacts second{"forge"};
  std::vector<CondaPin> pins = {{.name = "app", .version = "1.0", .build = "0"},
                                {.name = "lib", .version = "1.0", .build = "0"}};

  CondaCase() {
    Specs({"app"});
    App({"lib >=1"});
    first.Add({.name = "lib"});
    request.virtual_packages = {{.name = "__glibc", .version = "2.28", .build = "0"},
                                {.name = "__linux", .version = "6.1", .build = "0"}};
  }

  static std::vector<conda::PlacedText> Placed(const std::vector<std::string>& texts) {
    std::vector<conda::PlacedText> placed;
    for (const std::string& text : texts) {
      placed.push_back({.text = text, .place = Cat("argument ", placed.size() + 1)});
    }
    return placed;
  }
  void Specs(const std::vector<std::string>& texts) { request.specs = Placed(texts); }
  void App(std::vector<std::string> needs) {
    first.Replace({.name = "app", .needs = std::move(needs)});
  }
  // Adds a record to the first channel, and the pin that means it.
  void Choose(CondaFact fact) {
    pins.push_back({.name = fact.name, .version = fact.version, .build = fact.build});
    first.Add(std::move(fact));
  }
  // Another lib in place of the one that is chosen.
  void Lib(CondaFact fact) {
    fact.name = "lib";
    pins[1].version = fact.version;
    pins[1].build = fact.build;
    first.Replace(std::move(fact));
  }

  [[nodiscard]] absl::StatusOr<CheckReport> Run() const {
    const metadata::Source* const channels[] = {&first, &second};
    return CheckConda({.request = &request, .sources = channels}, pins);
  }
  // "kind where: wish, fact"; or what the error says.
  [[nodiscard]] std::vector<std::string> Faults() const {
    const absl::StatusOr<CheckReport> report = Run();
    if (!report.ok()) return {report.status().ToString()};
    std::vector<std::string> faults;
    for (const Violation& one : report->violations) {
      faults.push_back(Cat(KindWord(one.kind), " ", Sentence(one)));
    }
    return faults;
  }
};

}  // namespace accord::check
