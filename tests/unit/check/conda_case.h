// A conda request, two channels in memory and an answer; a test changes what it is about.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "check/conda_check.h"
#include "metadata/record.h"

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

class CondaChannelFacts {
 public:
  explicit CondaChannelFacts(std::string channel) : channel_(std::move(channel)) {}

  void Add(CondaFact fact) {
    metadata::PackageRecord& package = packages_[fact.name];
    package.name = fact.name;
    metadata::VersionRecord version = {.version = fact.version, .files = {fact.file}};
    if (fact.file.name.empty()) {
      version.files[0].name = Cat(fact.name, "-", fact.version, "-", fact.build, ".conda");
    }
    version.attributes = {{"build", fact.build}, {"channel", channel_}, {"subdir", fact.subdir}};
    version.attributes.insert(version.attributes.end(), fact.says.begin(), fact.says.end());
    if (fact.unknown_because.empty()) {
      version.metadata = static_cast<uint32_t>(package.metadata.size());
      package.metadata.push_back({.requirements = std::move(fact.needs)});
    } else {
      version.unknown_because = fact.unknown_because;
    }
    package.versions.push_back(std::move(version));
  }
  void Replace(CondaFact fact) {
    packages_.erase(fact.name);
    Add(std::move(fact));
  }
  void Clear() { packages_.clear(); }

  [[nodiscard]] CondaRecordsOf records() const {
    return [this](std::string_view name) -> absl::StatusOr<metadata::PackageRecord> {
      const auto found = packages_.find(name);
      return found != packages_.end() ? found->second : metadata::PackageRecord();
    };
  }

 private:
  std::string channel_;
  std::map<std::string, metadata::PackageRecord, std::less<>> packages_;
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
    return CheckCondaRecords(request, {first.records(), second.records()}, pins);
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
