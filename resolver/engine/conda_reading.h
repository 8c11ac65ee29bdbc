// CondaFacts as one solve reads them: each channel as a source, what is awaited, and what was read.
// Internal to this folder.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interner.h"
#include "ecosystem/conda/said_names.h"
#include "engine/conda_facts.h"
#include "metadata/source.h"

namespace accord::engine {

// Its sources are as thread-safe as sources are; the rest is not.
class CondaReading final : public conda::SaidNames {
 public:
  // Closed: names that nobody spoke of do not exist; else they are awaited.
  CondaReading(std::shared_ptr<const CondaFacts> facts, bool closed);
  ~CondaReading() override;

  // In the order of priority. What they gave stays as long as this.
  [[nodiscard]] std::span<const metadata::Source* const> sources() const { return sources_; }

  // Goes on with other facts. False, and nothing happens: what was read is not so there.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const CondaFacts> facts);

  bool IsClosed() const override { return closed_; }
  bool IsAwaited(std::string_view name) const override {
    return !closed_ && facts_->Find(name) == nullptr;
  }
  std::optional<std::string> UnknownBecause(std::string_view name) const override;
  void Want(std::vector<std::string> names, std::vector<std::string> hints) override {
    wanted_ = std::move(names);
    hinted_ = std::move(hints);
  }
  [[nodiscard]] const std::vector<std::string>& wanted() const { return wanted_; }
  [[nodiscard]] const std::vector<std::string>& hinted() const { return hinted_; }

 private:
  class Channel;

  // Null: nobody spoke of it.
  [[nodiscard]] const CondaPackage* Read(std::string_view name) const;

  const bool closed_;
  std::shared_ptr<const CondaFacts> facts_;
  std::vector<std::unique_ptr<const Channel>> channels_;
  std::vector<const metadata::Source*> sources_;
  std::vector<std::string> wanted_;
  std::vector<std::string> hinted_;
  mutable std::mutex mutex_;                                   // guards what follows
  mutable TextMap<std::shared_ptr<const CondaPackage>> read_;  // null: nobody spoke of it
};

}  // namespace accord::engine
