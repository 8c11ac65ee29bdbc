// What a frontend with rules of its own asks for. Values only.
#pragma once

#include "model/world_spec.h"

namespace accord::engine {

// The world file's words. A requirement or constraint without a text gets one of names and
// positions (PositionText): the answer does not hang on when versions became known. With a text of
// the frontend's own, lines and reasons speak in that.
struct PlainRequest : RequestSpec {
  // Names that nobody spoke of do not exist; else they are wanted.
  bool closed = false;
};

}  // namespace accord::engine
