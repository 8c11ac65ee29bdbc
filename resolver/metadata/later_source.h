// LaterSource: a source that learns. Of a name somebody says first the list of versions and files,
// later, file by file, what their metadata say; or that there is no such name, or that nothing can
// be known of it. Until then it is awaited, where the source awaits anything.
#pragma once

#include <cstdint>
#include <string_view>

#include "metadata/source.h"

namespace accord::metadata {

// Its lists name files and leave open what their versions need. To who works with it nothing
// changes that it has told; what it tells lives as long as what asks. Threads: as Source.
class LaterSource : public Source {
 public:
  // Of a name of which Find has nothing.
  struct Lack {
    enum class Kind : uint8_t {
      kAwaited,      // neither this nor another source has it: somebody has to say it first
      kUnspoken,     // nobody says anything: other sources may
      kNonexistent,  // somebody says that there is none, in any source
      kUnavailable,  // somebody says that it cannot be known
    };
    Kind kind = Kind::kUnspoken;
    std::string_view because;  // kUnavailable
  };
  [[nodiscard]] virtual Lack LackOf(std::string_view name) const = 0;

  // What a file's metadata say: facts of one version with one metadata, number 0 each.
  struct Told {
    const PackageFacts* facts = nullptr;  // null: they are awaited, or cannot be known
    bool awaited = false;
    std::string_view unknown_because = {};
  };
  // A file of a name's list.
  [[nodiscard]] virtual Told MetadataOf(std::string_view name, std::string_view file) const = 0;

  [[nodiscard]] const LaterSource* later() const final { return this; }
};

}  // namespace accord::metadata
