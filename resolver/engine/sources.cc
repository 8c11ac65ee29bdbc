#include "engine/sources.h"

#include <utility>

#include "base/error.h"
#include "metadata/corpus.h"

namespace accord::engine {

absl::StatusOr<Sources> Sources::Open(std::span<const std::string> paths,
                                      std::string_view ecosystem) {
  Sources sources;
  for (const std::string& path : paths) {
    absl::StatusOr<std::unique_ptr<const metadata::Source>> source = metadata::OpenCorpusFile(path);
    if (!source.ok()) return source.status();
    if ((*source)->ecosystem() != ecosystem) {
      return InvalidInput(path, Cat("a corpus of ", Quoted(ecosystem), " is wanted, this is of ",
                                    Quoted((*source)->ecosystem())));
    }
    sources.pointers_.push_back(source->get());
    sources.owned_.push_back(*std::move(source));
  }
  return sources;
}

}  // namespace accord::engine
