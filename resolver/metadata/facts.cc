// See facts.h. A compiled record is, one after the other:
//
//   versions       how many are ordered; texts of all
//   pre-releases   bitmap of the ordered ones
//   metadata of    runs: how many, their lengths (column), what they say (column)
//   unknown, languages, extras, names, middles, markers    texts each
//   requirements   how many; name, middle, marker (columns); bitmap: plain
//   lists          of requirements; bitmap: all plain; then of extras
//   metadata       how many; language, list of extras, list of requirements (columns)
//   files          1 if it has any, else 0
//   attributes     nothing if there are none; else how many keys, and of each: the key, its texts,
//                  a number a version (column): 0 for none, else a text's plus 1
//
// texts are: how many, lengths (column), bytes. lists: how many, lengths (column), how many
// numbers, the numbers (column).
#include "metadata/facts.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace accord::metadata {

// Reads the bytes once. What counts or adds up goes to one array of numbers, whose address is known
// at the end only.
class FactsReader {
 public:
  FactsReader(std::string_view bytes, PackageFacts& facts) : in_(bytes), facts_(facts) {
    numbers_.reserve(512);
    text_starts_.reserve(8);
    list_starts_.reserve(2);
  }

  bool Read() {
    facts_.ordered_count_ = in_.Count();
    Texts(facts_.versions_);
    if (facts_.ordered_count_ > facts_.versions_.size()) in_.Fail();
    facts_.prerelease_ = in_.ReadBitmap(facts_.ordered_count_);
    const size_t metadata_of = MetadataRuns();
    for (TextColumn* texts : {&facts_.unknown_, &facts_.languages_, &facts_.extras_, &facts_.names_,
                              &facts_.middles_, &facts_.markers_}) {
      Texts(*texts);
    }
    Requirements();
    Lists(facts_.requirement_lists_, facts_.requirement_name_.size());
    facts_.plain_lists_ = in_.ReadBitmap(facts_.requirement_lists_.size());
    Lists(facts_.extra_lists_, facts_.extras_.size());
    Metadata();
    facts_.has_files_ = in_.Varint() != 0;
    if (!in_.AtEnd()) Attributes();
    if (!in_.ok() || !in_.AtEnd() || most_said_ >= SaidMax()) return false;
    Settle(metadata_of);
    return true;
  }

 private:
  // The end of what came before, then the end of each.
  size_t Ends(const Column& lengths) {
    const size_t start = numbers_.size();
    numbers_.resize(start + 1 + lengths.size());
    uint64_t end = 0;
    uint32_t* next = &numbers_[start];
    lengths.ForEach([&](uint32_t length) {
      *next++ = static_cast<uint32_t>(end);
      end += length;
    });
    *next = static_cast<uint32_t>(end);
    if (end > UINT32_MAX) in_.Fail();
    return start;
  }

  void Texts(TextColumn& texts) { text_starts_.emplace_back(&texts, TextsWithEnds(texts)); }

  // Where their ends stand among the numbers.
  size_t TextsWithEnds(TextColumn& texts) {
    const uint32_t count = in_.Count();
    const Column lengths = in_.ReadColumn(count);
    texts.size_ = lengths.size();
    const size_t start = Ends(lengths);
    texts.chars_ = in_.Bytes(numbers_.back()).data();
    return start;
  }

  void Lists(ListColumn& lists, uint32_t bound) {
    const uint32_t count = in_.Count();
    const Column lengths = in_.ReadColumn(count);
    lists.size_ = lengths.size();
    const size_t start = Ends(lengths);
    const uint64_t total = numbers_.back();
    if (in_.Varint() != total) in_.Fail();
    lists.values_ = in_.ReadColumn(in_.ok() ? static_cast<uint32_t>(total) : 0);
    if (!lists.values_.AllBelow(bound)) in_.Fail();
    list_starts_.emplace_back(&lists, start);
  }

  // Each version's number; where they stand.
  size_t MetadataRuns() {
    const uint32_t runs = in_.Count();
    const Column lengths = in_.ReadColumn(runs);
    const Column said = in_.ReadColumn(runs);
    const size_t start = numbers_.size();
    uint64_t left = facts_.versions_.size();
    for (uint32_t run = 0; run < lengths.size() && in_.ok(); ++run) {
      if (lengths[run] > left) return in_.Fail(), start;
      left -= lengths[run];
      most_said_ = std::max<uint64_t>(most_said_, said[run]);
      numbers_.insert(numbers_.end(), lengths[run], said[run]);
    }
    if (left != 0) in_.Fail();
    said_any_ = facts_.versions_.size() != 0;
    return start;
  }
  [[nodiscard]] uint64_t SaidMax() const {
    return said_any_ ? uint64_t{facts_.metadata_count()} + facts_.unknown_.size() : 1;
  }

  Column Below(uint32_t count, uint32_t bound) {
    const Column column = in_.ReadColumn(count);
    if (!column.AllBelow(bound)) in_.Fail();
    return column;
  }

  void Requirements() {
    const uint32_t count = in_.Count();
    facts_.requirement_name_ = Below(count, facts_.names_.size());
    facts_.requirement_middle_ = Below(count, facts_.middles_.size());
    facts_.requirement_marker_ = Below(count, facts_.markers_.size());
    facts_.plain_ = in_.ReadBitmap(count);
  }

  void Metadata() {
    const uint32_t count = in_.Count();
    facts_.metadata_language_ = Below(count, facts_.languages_.size());
    facts_.metadata_extras_ = Below(count, facts_.extra_lists_.size());
    facts_.metadata_requirements_ = Below(count, facts_.requirement_lists_.size());
  }

  // As many as there are bytes for: each is read before the next one is made room for.
  void Attributes() {
    const uint32_t count = in_.Count();
    if (count == 0) in_.Fail();
    constexpr uint32_t kUsual = 16;
    facts_.attributes_.reserve(std::min(count, kUsual));
    attribute_starts_.reserve(std::min(count, kUsual));
    for (uint32_t i = 0; i < count && in_.ok(); ++i) {
      const std::string_view key = in_.Bytes(in_.Varint());
      if (key.empty() || (i > 0 && key <= facts_.attributes_.back().key())) in_.Fail();
      Attribute& attribute = facts_.attributes_.emplace_back();
      attribute.key_ = key;
      attribute_starts_.push_back(TextsWithEnds(attribute.texts_));
      attribute.numbers_ = Below(facts_.versions_.size(), attribute.count() + 1);
    }
  }

  void Settle(size_t metadata_of) {
    facts_.numbers_ = std::make_unique_for_overwrite<uint32_t[]>(numbers_.size());
    std::copy(numbers_.begin(), numbers_.end(), facts_.numbers_.get());
    for (const auto& [texts, start] : text_starts_) texts->ends_ = &facts_.numbers_[start];
    for (const auto& [lists, start] : list_starts_) lists->ends_ = &facts_.numbers_[start];
    for (size_t i = 0; i < attribute_starts_.size(); ++i) {
      facts_.attributes_[i].texts_.ends_ = &facts_.numbers_[attribute_starts_[i]];
    }
    facts_.metadata_of_ = facts_.numbers_.get() + metadata_of;
  }

  ByteReader in_;
  PackageFacts& facts_;
  std::vector<uint32_t> numbers_;
  std::vector<std::pair<TextColumn*, size_t>> text_starts_;
  std::vector<std::pair<ListColumn*, size_t>> list_starts_;
  std::vector<size_t> attribute_starts_;
  uint64_t most_said_ = 0;
  bool said_any_ = false;
};

absl::StatusOr<PackageFacts> PackageFacts::Read(std::string_view name, std::string_view bytes,
                                                const FilesSource* files) {
  PackageFacts facts;
  facts.name_ = name;
  facts.files_ = files;
  if (!FactsReader(bytes, facts).Read() || (facts.has_files_ && files == nullptr)) {
    return Missing(Cat("package ", Quoted(name)),
                   "a compiled record is expected, found other bytes");
  }
  return facts;
}

std::string PackageFacts::RequirementText(uint32_t requirement) const {
  return Cat(requirement_name(requirement), requirement_middle(requirement),
             requirement_marker(requirement));
}

Attribute PackageFacts::attribute(std::string_view key) const {
  const auto found = std::ranges::find(attributes_, key, &Attribute::key);
  return found == attributes_.end() ? Attribute() : *found;
}

absl::StatusOr<PackageFiles> PackageFacts::ReadFiles(const FilesAsked& asked) const {
  return has_files_ ? files_->ReadFiles(*this, asked) : PackageFiles();
}

MetadataRecord PackageFacts::ToMetadata(uint32_t metadata) const {
  MetadataRecord record;
  record.requires_language = requires_language(metadata);
  const Column requirements = requirements_of(metadata);
  record.requirements.reserve(requirements.size());
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    record.requirements.push_back(RequirementText(requirements[i]));
  }
  const Column extras = extras_of(metadata);
  for (uint32_t i = 0; i < extras.size(); ++i) record.extras.emplace_back(extra(extras[i]));
  return record;
}

uint64_t PackageFacts::TextBytesOf(uint32_t metadata) const {
  uint64_t bytes = requires_language(metadata).size();
  const Column requirements = requirements_of(metadata);
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    const uint32_t r = requirements[i];
    bytes += sizeof(std::string) + requirement_name(r).size() + requirement_middle(r).size() +
             requirement_marker(r).size();
  }
  const Column extras = extras_of(metadata);
  for (uint32_t i = 0; i < extras.size(); ++i) {
    bytes += sizeof(std::string) + extra(extras[i]).size();
  }
  return bytes;
}

// What the attributes of all versions take as a record's.
uint64_t PackageFacts::AttributeBytes() const {
  uint64_t bytes = 0;
  for (const Attribute& attribute : attributes_) {
    for (uint32_t v = 0; v < version_count(); ++v) {
      if (attribute.number(v) == 0) continue;
      bytes += 2 * sizeof(std::string) + attribute.key().size() + attribute[v].size();
    }
  }
  return bytes;
}

absl::StatusOr<PackageRecord> PackageFacts::ToRecord(size_t bytes_max) const {
  PackageRecord record;
  record.name = name_;
  uint64_t bytes = AttributeBytes();
  for (uint32_t m = 0; m < metadata_count(); ++m) bytes += TextBytesOf(m);
  for (uint32_t v = 0; v < version_count(); ++v) bytes += unknown_because(v).size();
  if (bytes > bytes_max) {
    return LimitReached(Cat("package ", Quoted(name_)),
                        Cat("its texts may take at most ", bytes_max, " bytes"));
  }
  for (uint32_t m = 0; m < metadata_count(); ++m) record.metadata.push_back(ToMetadata(m));
  absl::StatusOr<PackageFiles> files = ReadFiles(FileDetail::kAll);
  if (!files.ok()) return files.status();
  record.versions.reserve(version_count());
  for (uint32_t v = 0; v < version_count(); ++v) {
    VersionRecord& version_record = record.versions.emplace_back();
    version_record.version = version(v);
    version_record.metadata = metadata_of(v);
    version_record.unknown_because = unknown_because(v);
    for (const Attribute& attribute : attributes_) {
      if (attribute.number(v) == 0) continue;
      version_record.attributes.emplace_back(attribute.key(), attribute[v]);
    }
    const std::span<const FileRecord> of = files->of(v);
    version_record.files.assign(of.begin(), of.end());
  }
  return record;
}

}  // namespace accord::metadata
