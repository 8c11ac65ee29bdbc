// A JSON document as it flows by: its outer objects are walked member by member, and what stands in
// them is given as a piece of text that a parser can take, so that no more than one such piece is
// in memory. Which document that is, and what its members mean, the caller knows.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "metadata/byte_stream.h"

namespace accord::metadata {

// Positions: before a value; inside an object, before a member or behind the last one; at the end.
// Errors of all methods: Missing with the byte where it is no JSON or ends too early, LimitReached,
// and those of the stream. Values that are skipped are looked at only to find their ends.
class JsonStream {
 public:
  JsonStream(std::unique_ptr<ByteStream> bytes, std::string place, size_t value_bytes_max);

  // Whether nothing but blanks is left.
  [[nodiscard]] absl::StatusOr<bool> AtEnd();
  // The first byte of the value that stands next: '{', '[', '"', a digit, ...
  [[nodiscard]] absl::StatusOr<char> Peek();

  // Into the object that stands next; an error if something else does.
  [[nodiscard]] absl::Status Enter();
  // The key of the next member, whose value stands next then; none: the object that was entered
  // last has ended, and is left. Escapes are undone. Good until the next call.
  [[nodiscard]] absl::StatusOr<std::optional<std::string_view>> NextKey();
  // The text of the value that stands next, with kTextPadding readable bytes behind it. Good until
  // the next call.
  [[nodiscard]] absl::StatusOr<std::string_view> TakeValue();
  [[nodiscard]] absl::Status SkipValue();

 private:
  // Makes bytes_[end] readable if there is a byte; keeps what stands from `begin_` on.
  [[nodiscard]] absl::StatusOr<bool> Fill();
  [[nodiscard]] absl::Status SkipBlanks();
  [[nodiscard]] absl::Status Wanted(std::string_view what);
  // Walks over one value; `kept` says whether its text is.
  [[nodiscard]] absl::Status WalkValue(bool kept);
  [[nodiscard]] absl::Status WalkText(bool kept);

  const std::unique_ptr<ByteStream> stream_;
  const std::string place_;
  const size_t value_bytes_max_;
  std::unique_ptr<char[]> bytes_;
  size_t capacity_;
  size_t begin_ = 0;         // what is kept begins here
  size_t at_ = 0;            // the next byte
  size_t end_ = 0;           // of what was read
  uint64_t bytes_gone_ = 0;  // before bytes_[0]
  std::vector<bool> first_;  // of each object that is entered: no member was there yet
  std::string key_;
};

}  // namespace accord::metadata
