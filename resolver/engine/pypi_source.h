// What somebody has said (pypi_facts.h) as a source, before the sources of a request. Closed, it
// tells what is known; open, it awaits what is not, and goes on with other facts.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/pypi_facts.h"
#include "metadata/later_source.h"

namespace accord::engine {

// Any number of threads, but for SetFacts.
class PypiSource final : public metadata::LaterSource {
 public:
  // Closed.
  explicit PypiSource(std::shared_ptr<const PypiFacts> facts) : facts_(std::move(facts)) {}
  // Open. Names that one of the others has are not awaited; they outlive it.
  PypiSource(std::shared_ptr<const PypiFacts> facts, std::vector<const metadata::Source*> others)
      : facts_(std::move(facts)), is_open_(true), others_(std::move(others)) {}

  [[nodiscard]] absl::StatusOr<const metadata::PackageFacts*> Find(
      std::string_view name) const override;
  [[nodiscard]] Lack LackOf(std::string_view name) const override;
  [[nodiscard]] Told MetadataOf(std::string_view name, std::string_view file) const override;

  // Of names that nobody spoke of the other sources decide.
  [[nodiscard]] bool complete() const override { return true; }
  [[nodiscard]] std::string_view ecosystem() const override { return "pypi"; }
  [[nodiscard]] std::string_view place() const override { return "universe/update"; }

  // Of an open one. False, and nothing happens: what was told is not so there.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const PypiFacts> facts);

 private:
  // What was told of a name. It lives on here, whatever facts are set.
  struct Read {
    std::shared_ptr<const PypiPackage> package;  // null: nobody had spoken of it
    std::set<std::string, std::less<>> files;    // whose metadata were told
  };
  void Note(std::string_view name, const std::shared_ptr<const PypiPackage>& package) const;
  [[nodiscard]] static bool IsAsRead(const Read& read, const PypiPackage* now);

  std::shared_ptr<const PypiFacts> facts_;
  const bool is_open_ = false;
  const std::vector<const metadata::Source*> others_;
  mutable std::mutex mutex_;  // of what follows
  mutable std::map<std::string, Read, std::less<>> read_;
};

}  // namespace accord::engine
