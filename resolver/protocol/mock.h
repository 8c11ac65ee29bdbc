// An engine that solves nothing: it says what a transcript says, for tests of clients. Knows no
// bytes (Connection) and no method.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "protocol/transcript.h"

namespace accord::protocol {

// For one thread at a time.
class Mock {
 public:
  // `place` names the transcript in errors.
  Mock(std::vector<TranscriptLine> lines, std::string place)
      : lines_(std::move(lines)), place_(std::move(place)) {}

  // A frame of the client: what is answered before the next one is awaited, in the order of the
  // transcript and with the client's own ids. Members may stand in any order; an id may be another
  // than the transcript's. In answers "<text>" comes as "text", "<number>" as 0, "<any>" as null,
  // "<sha256>" as zeros, "<handle:NAME>" as "NAME", which `$NAME` in a request stands for.
  // Errors: InvalidInput at the line that was awaited. Nothing is then to be asked any more.
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> Take(std::string_view frame);

  // The client has nothing more to say. Errors: InvalidInput at the line that is still awaited.
  [[nodiscard]] absl::Status Finish() const;

 private:
  [[nodiscard]] std::string PlaceOf(const TranscriptLine& line) const;
  [[nodiscard]] std::string Filled(const std::string& text) const;
  [[nodiscard]] nlohmann::json MadeUp(const nlohmann::json& said);
  [[nodiscard]] nlohmann::json MadeUpText(const std::string& text);
  void TakeBackId(nlohmann::json& object) const;

  const std::vector<TranscriptLine> lines_;
  const std::string place_;
  size_t next_ = 0;                             // of lines_
  std::map<std::string, nlohmann::json> ids_;   // the transcript's, as JSON -> the client's
  std::map<std::string, std::string> handles_;  // NAME -> what was said
};

}  // namespace accord::protocol
