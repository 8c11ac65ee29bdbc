// Bytes as they arrive -> frames, one message each. Knows no messages and reads nothing itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace accord::protocol {

// How the frames of a connection are told apart, both ways.
enum class FrameForm {
  kLines,    // a message a line (NDJSON)
  kHeaders,  // Content-Length headers, an empty line, the message
};

inline constexpr size_t kFrameBytesMax = size_t{64} << 20;
inline constexpr size_t kHeaderBytesMax = size_t{8} << 10;  // of one frame's block of headers

struct Frame {
  enum class Kind {
    kText,       // a frame: `text` is UTF-8, whatever else it may be
    kBadUtf8,    // a frame that is not UTF-8: `fault_at` is the byte of it that is wrong
    kTooLarge,   // a frame larger than the limit
    kBadHeader,  // headers that cannot be read; never in kLines
    kCutOff,     // the input ended inside a frame
  };
  Kind kind = Kind::kText;
  std::string text;     // kText alone
  size_t fault_at = 0;  // kBadUtf8 alone
};

// The first byte that is no space and no line end decides for the connection: 'C' or 'c' means
// headers, anything else lines. A byte order mark at the very start is passed over.
//
// Lines end with LF, or CR LF; the rest of a line is the frame. Blank lines are passed over,
// between frames with headers too. Header names are read in any case, those other than
// Content-Length are passed over; the same length twice is one length.
//
// Whatever is wrong with a frame is one event, and then the next frame is good again:
//   too large   its bytes are passed over and not kept;
//   bad header  (no length, no number, two lengths, no header at all, more than kHeaderBytesMax:)
//               where the frame ends nobody knows, so all is passed over up to the next
//               "Content-Length:", in any case, wherever it stands. One wrong length costs the
//               frames that it reaches into, not the connection.
// How the bytes are cut into pieces changes nothing.
//
// Time is linear in the bytes; at most one frame is kept, in at most twice the room of the limit.
// For one thread at a time.
class FrameReader {
 public:
  using Take = std::function<void(Frame)>;

  explicit FrameReader(size_t frame_bytes_max = kFrameBytesMax)
      : frame_bytes_max_(frame_bytes_max) {}

  // Gives every frame that ends in `bytes` to `take`, in order. A line without its end is none yet.
  void Feed(std::string_view bytes, const Take& take);
  // The input ended. To be called last.
  void Finish(const Take& take);

  // kLines until it is decided, which it is before the first frame is given out.
  [[nodiscard]] FrameForm form() const { return form_; }

 private:
  enum class State { kOpening, kLine, kRestOfLine, kHeaders, kBody, kRestOfBody, kLost };

  // Each takes bytes from the front, and says how many; none only if the state changed.
  size_t Step(std::string_view bytes, const Take& take);
  size_t Open(std::string_view bytes);
  size_t ReadLine(std::string_view bytes, const Take& take);
  size_t PassRestOfLine(std::string_view bytes);
  size_t ReadHeaders(std::string_view bytes, const Take& take);
  size_t ReadBody(std::string_view bytes, const Take& take);
  size_t PassRestOfBody(std::string_view bytes);
  size_t LookForHeader(std::string_view bytes);

  void EndLine(const Take& take);
  void EndHeaderLine(const Take& take);
  void EndHeaders(const Take& take);
  bool ReadField(std::string_view line);
  void BeginHeaders();
  void Lose(const Take& take);
  [[nodiscard]] bool IsInsideFrame() const;

  const size_t frame_bytes_max_;
  FrameForm form_ = FrameForm::kLines;
  State state_ = State::kOpening;
  std::string held_;  // of the line, the header line, the body or the mark, what has arrived
  bool mark_may_come_ = true;
  size_t header_bytes_ = 0;  // of the block of headers, with line ends
  bool in_headers_ = false;  // a header line of the block was read
  std::optional<uint64_t> length_;
  uint64_t body_bytes_left_ = 0;
  size_t matched_ = 0;  // bytes of the header's name that was looked for
};

}  // namespace accord::protocol
