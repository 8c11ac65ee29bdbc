// What the records of one package need, as numbers: the part of preference.h's question that their
// facts alone answer. Internal to this folder.
#pragma once

#include <optional>

#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/preference.h"
#include "metadata/facts.h"

namespace accord::conda {

class NeedsOfRecords : public NeededVersions {
 public:
  // The candidates outlive it.
  explicit NeedsOfRecords(const Candidates& candidates) : candidates_(candidates) {}

  uint32_t NeedsOf(Position position) final {
    const std::optional<uint32_t> metadata = MetadataOf(position);
    return metadata ? FactsOf(position).requirement_list_of(*metadata) + 1 : 0;
  }
  metadata::Column RequirementsOf(Position position) final {
    const std::optional<uint32_t> metadata = MetadataOf(position);
    return metadata ? FactsOf(position).requirements_of(*metadata) : metadata::Column();
  }

 protected:
  [[nodiscard]] const metadata::PackageFacts& FactsOf(Position position) const {
    return *candidates_.channel_of(position).facts;
  }
  [[nodiscard]] uint32_t ChannelOf(Position position) const {
    return candidates_.admitted()[position].channel;
  }

 private:
  [[nodiscard]] std::optional<uint32_t> MetadataOf(Position position) const {
    return FactsOf(position).metadata_of(candidates_.admitted()[position].record);
  }

  const Candidates& candidates_;
};

}  // namespace accord::conda
