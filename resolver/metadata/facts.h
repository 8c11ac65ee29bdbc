// Facts of one package in compiled form (docs/corpus-format.md, "A compiled record"): a view over
// bytes, so that a reader pays for what it looks at. Versions stand in the ecosystem's order, texts
// that repeat stand once, requirements are cut into pieces that can be read once and for all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "metadata/bytes.h"
#include "metadata/limits.h"
#include "metadata/package_files.h"
#include "metadata/record.h"

namespace accord::metadata {

// Texts by number.
class TextColumn {
 public:
  [[nodiscard]] uint32_t size() const { return size_; }
  [[nodiscard]] std::string_view operator[](size_t i) const {
    return {chars_ + ends_[i], ends_[i + 1] - ends_[i]};
  }

 private:
  friend class FactsReader;
  const char* chars_ = nullptr;
  const uint32_t* ends_ = nullptr;  // size_ + 1; of the text before each
  uint32_t size_ = 0;
};

// Lists of numbers, by number.
class ListColumn {
 public:
  [[nodiscard]] uint32_t size() const { return size_; }
  [[nodiscard]] Column operator[](size_t i) const {
    return values_.Slice(ends_[i], ends_[i + 1] - ends_[i]);
  }

 private:
  friend class FactsReader;
  Column values_;
  const uint32_t* ends_ = nullptr;
  uint32_t size_ = 0;
};

// One attribute of all versions of a package: its distinct texts by number, 0 being none. A view,
// cheap to copy; the facts outlive it.
class Attribute {
 public:
  [[nodiscard]] std::string_view key() const { return key_; }
  // Of distinct texts: numbers are 0 and 1 .. count().
  [[nodiscard]] uint32_t count() const { return texts_.size(); }
  [[nodiscard]] uint32_t number(uint32_t version) const {
    return numbers_.size() == 0 ? 0 : numbers_[version];
  }
  // Empty for 0.
  [[nodiscard]] std::string_view text(uint32_t number) const {
    return number == 0 ? std::string_view() : texts_[number - 1];
  }
  [[nodiscard]] std::string_view operator[](uint32_t version) const {
    return text(number(version));
  }

 private:
  friend class FactsReader;
  std::string_view key_;
  TextColumn texts_;
  Column numbers_;  // one a version
};

// Immutable; any number of threads. The bytes, and what `files` asks, outlive it.
class PackageFacts {
 public:
  // Where the package's files stand, which are read only when somebody asks.
  class FilesSource {
   public:
    virtual ~FilesSource() = default;
    [[nodiscard]] virtual absl::StatusOr<PackageFiles> ReadFiles(const PackageFacts& facts,
                                                                 const FilesAsked& asked) const = 0;
  };

  // Every number in the bytes is looked at once, so that no method can fail afterwards. Errors:
  // Missing if they are no compiled record. `files` may be null where the record has none.
  [[nodiscard]] static absl::StatusOr<PackageFacts> Read(std::string_view name,
                                                         std::string_view bytes,
                                                         const FilesSource* files);

  [[nodiscard]] std::string_view name() const { return name_; }

  // ---- Versions: [0, ordered_count()) are in order, oldest first, and no two are equal; behind
  // them stand those that are no versions of the ecosystem, and repetitions.
  [[nodiscard]] uint32_t ordered_count() const { return ordered_count_; }
  [[nodiscard]] uint32_t version_count() const { return versions_.size(); }
  [[nodiscard]] std::string_view version(uint32_t version) const { return versions_[version]; }
  // Of an ordered one.
  [[nodiscard]] bool is_prerelease(uint32_t version) const { return prerelease_[version]; }
  // None: what it needs is not known.
  [[nodiscard]] std::optional<uint32_t> metadata_of(uint32_t version) const {
    const uint32_t said = metadata_of_[version];
    return said < metadata_count() ? std::optional(said) : std::nullopt;
  }
  // One phrase; empty where it is known.
  [[nodiscard]] std::string_view unknown_because(uint32_t version) const {
    const uint32_t said = metadata_of_[version];
    return said < metadata_count() ? std::string_view() : unknown_[said - metadata_count()];
  }

  // All that any version has, by key.
  [[nodiscard]] std::span<const Attribute> attributes() const { return attributes_; }
  // No version has a text of a key that is not there.
  [[nodiscard]] Attribute attribute(std::string_view key) const;

  // ---- Metadata.
  [[nodiscard]] uint32_t metadata_count() const { return metadata_language_.size(); }
  // Numbers of requirements, ascending; that is the order of their texts.
  [[nodiscard]] Column requirements_of(uint32_t metadata) const {
    return requirement_lists_[metadata_requirements_[metadata]];
  }
  // Equal numbers, equal requirements; below requirement_list_count().
  [[nodiscard]] uint32_t requirement_list_of(uint32_t metadata) const {
    return metadata_requirements_[metadata];
  }
  [[nodiscard]] uint32_t requirement_list_count() const { return requirement_lists_.size(); }
  [[nodiscard]] std::string_view requires_language(uint32_t metadata) const {
    return languages_[metadata_language_[metadata]];
  }
  // As requires_language, by number below language_count().
  [[nodiscard]] uint32_t language_of(uint32_t metadata) const {
    return metadata_language_[metadata];
  }
  [[nodiscard]] std::string_view language(uint32_t number) const { return languages_[number]; }
  [[nodiscard]] uint32_t language_count() const { return languages_.size(); }
  // Numbers of extras.
  [[nodiscard]] Column extras_of(uint32_t metadata) const {
    return extra_lists_[metadata_extras_[metadata]];
  }
  [[nodiscard]] std::string_view extra(uint32_t extra) const { return extras_[extra]; }
  // All its requirements are plain.
  [[nodiscard]] bool is_plain_metadata(uint32_t metadata) const { return plain_lists_[metadata]; }

  // ---- Requirements: three pieces that are the text when written one after the other (grammar.h).
  [[nodiscard]] uint32_t requirement_count() const { return requirement_name_.size(); }
  [[nodiscard]] bool is_plain(uint32_t requirement) const { return plain_[requirement]; }
  [[nodiscard]] std::string_view requirement_name(uint32_t requirement) const {
    return names_[requirement_name_[requirement]];
  }
  [[nodiscard]] std::string_view requirement_middle(uint32_t requirement) const {
    return middles_[requirement_middle_[requirement]];
  }
  [[nodiscard]] std::string_view requirement_marker(uint32_t requirement) const {
    return markers_[requirement_marker_[requirement]];
  }
  [[nodiscard]] std::string RequirementText(uint32_t requirement) const;

  // ---- Files.
  [[nodiscard]] bool has_files() const { return has_files_; }
  // Of all versions. Errors: Missing if they are damaged.
  [[nodiscard]] absl::StatusOr<PackageFiles> ReadFiles(FileDetail detail) const {
    return ReadFiles(FilesAsked{.detail = detail, .version = {}});
  }
  [[nodiscard]] absl::StatusOr<PackageFiles> ReadFiles(const FilesAsked& asked) const;

  // One metadata, in texts.
  [[nodiscard]] MetadataRecord ToMetadata(uint32_t metadata) const;
  // Everything as it stood before compiling, but for the order of versions and requirements.
  // Errors: as ReadFiles; LimitReached if its texts take more than `bytes_max`.
  [[nodiscard]] absl::StatusOr<PackageRecord> ToRecord(size_t bytes_max = kRecordBytesMax) const;

 private:
  friend class FactsReader;
  PackageFacts() = default;
  [[nodiscard]] uint64_t TextBytesOf(uint32_t metadata) const;
  [[nodiscard]] uint64_t AttributeBytes() const;

  std::string_view name_;
  const FilesSource* files_ = nullptr;
  uint32_t ordered_count_ = 0;
  bool has_files_ = false;
  TextColumn versions_, unknown_, languages_, extras_, names_, middles_, markers_;
  Bitmap prerelease_, plain_, plain_lists_;
  ListColumn extra_lists_, requirement_lists_;
  Column requirement_name_, requirement_middle_, requirement_marker_;
  Column metadata_language_, metadata_extras_, metadata_requirements_;
  std::vector<Attribute> attributes_;
  const uint32_t* metadata_of_ = nullptr;  // by version; from metadata_count() on: unknown_
  std::unique_ptr<uint32_t[]> numbers_;    // what the pointers point into
};

}  // namespace accord::metadata
