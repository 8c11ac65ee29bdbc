// The records of one name that a request admits, from all channels that count, oldest version
// first: what becomes the candidates of a package. Versions are parsed when somebody asks for them.
//
// What is installed is always among them: as the channel's record that has the same file, else as
// the record of one more channel, behind all others.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/request.h"
#include "ecosystem/conda/version.h"
#include "metadata/facts.h"
#include "metadata/source.h"
#include "model/positions.h"

namespace accord::conda {

struct Candidate {
  uint32_t channel = 0;  // index into Candidates::channels()
  uint32_t record = 0;   // of that channel's facts
  uint32_t version = 0;  // number of its version's text
  uint64_t build_number = 0;
};

// What one channel says of the name.
struct ChannelRecords {
  static constexpr uint32_t kInstalled = UINT32_MAX;
  uint32_t source = 0;  // the number of the source: its priority; kInstalled: no channel has it
  const metadata::PackageFacts* facts = nullptr;
  metadata::Attribute build;
  metadata::Attribute build_number;
  metadata::Attribute subdir;
  metadata::Attribute channel;
  metadata::Attribute track_features;
};

// Records that the request leaves out, by why.
enum class NotAdmittedKind : uint8_t {
  kInvalidVersion,
  kTooNew,  // at or behind the request's limit
  kNoTime,  // such a limit is set, and the record has no time
};
struct NotAdmitted {
  NotAdmittedKind kind = NotAdmittedKind::kInvalidVersion;
  std::string record;  // "1.0 h123_0"
};

// Not thread-safe.
class Candidates {
 public:
  // The sources outlive it. Errors: what a source says.
  [[nodiscard]] static absl::StatusOr<Candidates> Read(
      std::string_view name, std::span<const metadata::Source* const> sources,
      const ResolveRequest& request);

  // Whether any channel has the name, in a subdir that the request has.
  [[nodiscard]] bool is_known() const { return is_known_; }
  [[nodiscard]] std::span<const ChannelRecords> channels() const { return channels_; }
  // By position: by version, build number, then as the channels' facts have them.
  [[nodiscard]] std::span<const Candidate> admitted() const { return admitted_; }
  [[nodiscard]] std::span<const NotAdmitted> not_admitted() const { return not_admitted_; }
  // None: nothing of the name is installed.
  [[nodiscard]] std::optional<Position> installed() const { return installed_; }

  // ---- Versions: distinct texts in the order of their keys. Two may be equal: 1.0 and 1.0.0.
  [[nodiscard]] uint32_t version_count() const {
    return static_cast<uint32_t>(version_texts_.size());
  }
  [[nodiscard]] std::string_view version_text(uint32_t version) const {
    return version_texts_[version];
  }
  [[nodiscard]] const Version& version(uint32_t version) const;
  // The positions of a version are [begin(version), begin(version + 1)).
  [[nodiscard]] Position begin(uint32_t version) const { return version_begins_[version]; }
  // Whether two versions that stand one behind the other are equal; mostly without parsing them.
  [[nodiscard]] bool EqualToNext(uint32_t version) const;

  // ---- Of a candidate.
  [[nodiscard]] const ChannelRecords& channel_of(Position position) const {
    return channels_[admitted_[position].channel];
  }
  [[nodiscard]] std::string_view build(Position position) const {
    return channel_of(position).build[admitted_[position].record];
  }
  [[nodiscard]] std::string_view subdir(Position position) const {
    return channel_of(position).subdir[admitted_[position].record];
  }
  [[nodiscard]] std::string_view track_features(Position position) const {
    return channel_of(position).track_features[admitted_[position].record];
  }
  // "1.26.4 py311h0_0"; with channel and subdir behind it where another one is called the same.
  struct Labels {
    std::vector<std::string_view> of;  // by position
    std::string text;                  // what they point into
    std::deque<std::string> repeated;  // likewise
  };
  [[nodiscard]] std::unique_ptr<const Labels> MakeLabels() const;

 private:
  class Reader;

  bool is_known_ = false;
  std::vector<ChannelRecords> channels_;
  std::vector<Candidate> admitted_;
  std::vector<NotAdmitted> not_admitted_;
  std::optional<Position> installed_;
  std::vector<std::string_view> version_texts_;
  std::vector<Position> version_begins_;                // one more than versions
  mutable std::vector<std::optional<Version>> parsed_;  // beside version_texts_
};

}  // namespace accord::conda
