// A connection's bytes: how they are cut into pieces changes nothing, and frames that are written
// are read as the same, in both forms.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "protocol/frame_reader.h"
#include "protocol/frame_writer.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using protocol::Frame;
using protocol::FrameForm;
using protocol::FrameReader;

constexpr size_t kLongestFrame = 48;  // small, so that inputs of the fuzzer reach it

struct Told {
  std::vector<Frame> frames;
  FrameForm form = FrameForm::kLines;
};

Told ReadInPieces(std::string_view input, size_t piece_bytes) {
  Told told;
  const FrameReader::Take take = [&](Frame frame) { told.frames.push_back(std::move(frame)); };
  FrameReader reader(kLongestFrame);
  for (size_t at = 0; at < input.size(); at += piece_bytes) {
    reader.Feed(input.substr(at, piece_bytes), take);
  }
  reader.Finish(take);
  told.form = reader.form();
  return told;
}

bool IsSame(const Told& a, const Told& b) {
  return a.form == b.form && std::equal(a.frames.begin(), a.frames.end(), b.frames.begin(),
                                        b.frames.end(), [](const Frame& x, const Frame& y) {
                                          return x.kind == y.kind && x.text == y.text &&
                                                 x.fault_at == y.fault_at;
                                        });
}

// A writer's messages are JSON: they begin and end with no blank, and no line ends in them.
bool MayBeALine(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos &&
         text.find_first_not_of(" \t") != std::string_view::npos;
}

void HoldWritten(const Told& told, FrameForm form, Laws& laws) {
  std::string written = protocol::Framed("{}", form);
  Told wanted{.form = form};
  wanted.frames.push_back({.text = "{}"});
  for (const Frame& frame : told.frames) {
    if (frame.kind != Frame::Kind::kText) continue;
    if (form == FrameForm::kLines && !MayBeALine(frame.text)) continue;
    written += protocol::Framed(frame.text, form);
    wanted.frames.push_back(frame);
  }
  laws.Hold(IsSame(ReadInPieces(written, written.size()), wanted),
            "what is written is read as the same", {written});
}

}  // namespace

void Frames(std::string_view input, Laws& laws) {
  if (input.empty()) return;
  const Told told = ReadInPieces(input, input.size());
  for (const size_t piece_bytes : {1U, 2U, 3U, 7U, 64U}) {
    laws.Hold(IsSame(ReadInPieces(input, piece_bytes), told), "pieces change nothing", {input});
  }
  laws.Hold(told.frames.size() <= input.size(), "no byte is told twice", {input});
  for (const Frame& frame : told.frames) {
    const bool is_last = &frame == &told.frames.back();
    laws.Hold(frame.text.size() <= kLongestFrame && !FirstFaultOfUtf8(frame.text),
              "a frame is UTF-8 and has a limit", {frame.text});
    laws.Hold(frame.kind != Frame::Kind::kCutOff || is_last, "the end comes last", {input});
    laws.Hold(frame.kind != Frame::Kind::kBadHeader || told.form == FrameForm::kHeaders,
              "lines have no headers", {input});
  }
  HoldWritten(told, FrameForm::kLines, laws);
  HoldWritten(told, FrameForm::kHeaders, laws);
}

}  // namespace accord::fuzz
