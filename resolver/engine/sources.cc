#include "engine/sources.h"

#include <utility>

#include "base/error.h"
#include "engine/grammars.h"
#include "engine/record_sources.h"
#include "metadata/acx_source.h"
#include "metadata/compiled_source.h"

namespace accord::engine {
namespace {

absl::Status OtherEcosystem(const std::string& path, std::string_view wanted,
                            std::string_view found) {
  return InvalidInput(path, Cat("a corpus of ", Quoted(wanted), " is wanted, this is of ", found));
}

}  // namespace

absl::StatusOr<std::unique_ptr<const metadata::Source>> OpenCompiled(const std::string& path,
                                                                     std::string_view ecosystem) {
  absl::StatusOr<std::unique_ptr<const metadata::AcxFile>> file = metadata::AcxFile::Open(path);
  if (!file.ok()) return file.status();
  if ((*file)->FindPart(ecosystem) == nullptr) {
    std::string found;
    for (size_t i = 0; i < (*file)->part_count(); ++i) {
      found += Cat(i == 0 ? "" : ", ", Quoted((*file)->part(i).ecosystem()));
    }
    return OtherEcosystem(path, ecosystem, found.empty() ? "nothing" : found);
  }
  return std::make_unique<metadata::AcxSource>(*std::move(file), ecosystem);
}

absl::StatusOr<std::unique_ptr<const metadata::Source>> OpenSource(const std::string& path,
                                                                   std::string_view ecosystem) {
  if (metadata::IsAcxFile(path)) return OpenCompiled(path, ecosystem);
  absl::StatusOr<OpenedRecords> opened = OpenRecordSource(path, /*channel=*/{});
  if (!opened.ok()) return opened.status();
  std::unique_ptr<const metadata::RecordSource> records = std::move(opened->source);
  const metadata::Grammar* grammar = GrammarOf(records->ecosystem());
  if (records->ecosystem() != ecosystem || grammar == nullptr) {
    return OtherEcosystem(path, ecosystem, Quoted(records->ecosystem()));
  }
  return std::make_unique<metadata::CompiledSource>(std::move(records), *grammar);
}

absl::StatusOr<Sources> Sources::Open(std::span<const std::string> paths,
                                      std::string_view ecosystem) {
  Sources sources;
  for (const std::string& path : paths) {
    absl::StatusOr<std::unique_ptr<const metadata::Source>> source = OpenSource(path, ecosystem);
    if (!source.ok()) return source.status();
    sources.pointers_.push_back(source->get());
    sources.owned_.push_back(*std::move(source));
  }
  return sources;
}

void Sources::Choose(std::span<const size_t> chosen) {
  std::vector<const metadata::Source*> kept;
  for (const size_t i : chosen) kept.push_back(pointers_.at(i));
  pointers_ = std::move(kept);
}

}  // namespace accord::engine
