#include "ecosystem/conda/repodata_document.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/json_pointer.h"
#include "ecosystem/conda/repodata_record.h"
#include "ecosystem/conda/text.h"
#include "metadata/json_fields.h"
#include "metadata/json_stream.h"

namespace accord::conda {
namespace {

using metadata::JsonStream;
using Key = absl::StatusOr<std::optional<std::string_view>>;

constexpr std::array<std::string_view, 2> kPackageSuffixes = {".conda", ".tar.bz2"};

class DocumentReader {
 public:
  DocumentReader(std::unique_ptr<metadata::ByteStream> bytes, const std::string& place,
                 const RepodataLimits& limits, RepodataTable& table)
      : json_(std::move(bytes), place, limits.value_bytes_max),
        place_(place),
        limits_(limits),
        records_(limits),
        table_(table) {}

  absl::Status Read(const std::string& subdir) {
    head_.subdir = subdir;
    const absl::StatusOr<bool> empty = json_.AtEnd();
    if (!empty.ok()) return empty.status();
    if (!*empty) ACCORD_RETURN_IF_ERROR(ReadMembers());
    table_.EndDocument(std::move(head_), removed_);
    return absl::OkStatus();
  }

  absl::Status ReadShard(std::string_view name, std::vector<std::string>& removed) {
    shard_name_ = LowerText(name);
    removed_before_ = removed.size();
    ACCORD_RETURN_IF_ERROR(ReadMembers());
    std::ranges::move(removed_, std::back_inserter(removed));
    return absl::OkStatus();
  }

 private:
  absl::Status ReadMembers() {
    ACCORD_RETURN_IF_ERROR(EachMember("", [&](std::string_view key) { return ReadMember(key); }));
    const absl::StatusOr<bool> ended = json_.AtEnd();
    if (!ended.ok()) return ended.status();
    return *ended ? absl::OkStatus() : Missing(place_, "nothing is expected behind the document");
  }

  // Calls each(key) before the values of the object that stands next, to be taken or skipped. null
  // is an object without members.
  template <class Each>
  absl::Status EachMember(const std::string& pointer, Each each) {
    const absl::StatusOr<char> first = json_.Peek();
    if (!first.ok()) return first.status();
    if (*first == 'n') return json_.SkipValue();
    if (*first != '{') {
      return Missing(Cat(place_, pointer.empty() ? "" : ": ", pointer), "an object is expected");
    }
    ACCORD_RETURN_IF_ERROR(json_.Enter());
    while (true) {
      const Key key = json_.NextKey();
      if (!key.ok()) return key.status();
      if (!*key) return absl::OkStatus();
      ACCORD_RETURN_IF_ERROR(each(**key));
    }
  }

  absl::Status ReadMember(std::string_view key) {
    if (key == "info" && !shard_name_) return ReadInfo();
    if (key == "removed") return ReadRemoved();
    if (key == "packages" || key == "packages.conda") return ReadPackages(PointerStep(key));
    if (key != "v3") return json_.SkipValue();
    return EachMember("/v3", [&](std::string_view extension) {
      const std::string owned(extension);
      return ReadRevision(owned);
    });
  }

  // By file name.
  absl::Status ReadPackages(const std::string& pointer) {
    return EachMember(pointer, [&](std::string_view file) {
      const std::string name(file);
      RepodataPlace place{.stem = name};
      for (const std::string_view suffix : kPackageSuffixes) {
        if (!place.stem.ends_with(suffix)) continue;
        place.stem.remove_suffix(suffix.size());
        place.extension = suffix.substr(1);
      }
      return ReadRecord(pointer, name, place);
    });
  }

  // By file name without the extension.
  absl::Status ReadRevision(const std::string& extension) {
    const std::string pointer = Cat("/v3", PointerStep(extension));
    const bool is_package =
        std::ranges::find(kPackageSuffixes, Cat(".", extension)) != kPackageSuffixes.end();
    return EachMember(pointer, [&](std::string_view stem) {
      const std::string name(stem);
      return ReadRecord(pointer, name,
                        {.stem = name, .extension = extension, .may_name_file = !is_package});
    });
  }

  // The value of the key `name` of the object there.
  absl::Status ReadRecord(const std::string& pointer, std::string_view name,
                          const RepodataPlace& place) {
    if (table_.record_count() == limits_.records_max) {
      return LimitReached(place_, Cat("at most ", limits_.records_max, " records are read"));
    }
    const absl::StatusOr<std::string_view> text = json_.TakeValue();
    if (!text.ok()) return text.status();
    if (absl::Status status = records_.Read(*text, place); !status.ok()) {
      return At(place_, Inside(Cat(pointer, PointerStep(name)), status));
    }
    if (shard_name_ && records_.record().name != *shard_name_) {
      return Missing(
          Cat(place_, ": ", pointer, PointerStep(name), "/name"),
          Cat("the shard's own name is expected, found ", Quoted(records_.record().name)));
    }
    table_.Add(records_.record());
    return absl::OkStatus();
  }

  // Calls read(element) with the value that stands next.
  template <class ReadElement>
  absl::Status TakeElement(std::string_view pointer, ReadElement read) {
    const absl::StatusOr<std::string_view> text = json_.TakeValue();
    if (!text.ok()) return text.status();
    simdjson::dom::parser parser;
    metadata::JsonElement element;
    const auto error = parser.parse(text->data(), text->size(), false).get(element);
    const absl::Status status =
        error == simdjson::SUCCESS
            ? read(element)
            : Missing("/", Cat("damaged JSON: ", simdjson::error_message(error)));
    return At(place_, Inside(pointer, status));
  }

  absl::Status ReadInfo() {
    return TakeElement("/info", [&](const metadata::JsonElement& element) {
      return ReadRepodataInfo(element, head_);
    });
  }

  absl::Status ReadRemoved() {
    return TakeElement("/removed", [&](const metadata::JsonElement& element) {
      if (element.is_null()) return absl::OkStatus();
      metadata::JsonArray names;
      if (element.get(names) != simdjson::SUCCESS) {
        return metadata::UnexpectedKind("an array of texts", element);
      }
      for (const metadata::JsonElement each : names) {
        std::string_view name;
        if (each.get(name) != simdjson::SUCCESS) {
          return Inside(Cat("/", removed_.size()), metadata::UnexpectedKind("a text", each));
        }
        if (removed_before_ + removed_.size() == limits_.records_max) {
          return LimitReached("/", Cat("at most ", limits_.records_max, " are read"));
        }
        removed_.emplace_back(name);
      }
      return absl::OkStatus();
    });
  }

  JsonStream json_;
  const std::string& place_;
  const RepodataLimits& limits_;
  RepodataRecordReader records_;
  RepodataTable& table_;
  RepodataHead head_;
  std::vector<std::string> removed_;
  size_t removed_before_ = 0;              // by other shards
  std::optional<std::string> shard_name_;  // in lower case; none: it is no shard
};

}  // namespace

absl::Status ReadRepodataShard(std::string json, const std::string& place, std::string_view name,
                               const RepodataLimits& limits, RepodataTable& table,
                               std::vector<std::string>& removed) {
  const size_t bytes = json.size();
  return DocumentReader(metadata::ByteStreamOf(std::move(json), place, bytes), place, limits, table)
      .ReadShard(name, removed);
}

absl::Status ReadRepodata(std::unique_ptr<metadata::ByteStream> bytes, const std::string& place,
                          const std::string& subdir, const RepodataLimits& limits,
                          RepodataTable& table) {
  return DocumentReader(std::move(bytes), place, limits, table).Read(subdir);
}

}  // namespace accord::conda
