#include "metadata/compare_records.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace accord::metadata {
namespace {

// What pairs the versions of two records.
auto IdentityOf(const VersionRecord* version) {
  return std::tie(version->version, version->attributes);
}

// A record with its versions by their texts and attributes (of equal ones the first is first
// still), and metadata whose requirements have one order.
class Sorted {
 public:
  explicit Sorted(const PackageRecord& record) : metadata_(record.metadata) {
    for (MetadataRecord& metadata : metadata_) {
      std::ranges::sort(metadata.requirements);
      const auto rest = std::ranges::unique(metadata.requirements);
      metadata.requirements.erase(rest.begin(), rest.end());
    }
    for (const VersionRecord& version : record.versions) versions_.push_back(&version);
    std::ranges::stable_sort(versions_, {}, IdentityOf);
  }

  [[nodiscard]] const std::vector<const VersionRecord*>& versions() const { return versions_; }
  // Or nullptr.
  [[nodiscard]] const MetadataRecord* Metadata(std::optional<uint32_t> index) const {
    return index ? &metadata_[*index] : nullptr;
  }

 private:
  std::vector<MetadataRecord> metadata_;
  std::vector<const VersionRecord*> versions_;
};

bool Same(const MetadataRecord* a, const MetadataRecord* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

class PackageComparison {
 public:
  PackageComparison(const PackageRecord& first, const PackageRecord& second)
      : name_(first.name), first_(first), second_(second) {}

  std::vector<RecordDifference> Run() {
    auto a = first_.versions().begin();
    auto b = second_.versions().begin();
    while (a != first_.versions().end() || b != second_.versions().end()) {
      const bool has_a = a != first_.versions().end();
      const bool has_b = b != second_.versions().end();
      if (has_a && (!has_b || IdentityOf(*a) < IdentityOf(*b))) {
        Differ(DifferenceKind::kOnlyFirst, **a++);
      } else if (!has_a || IdentityOf(*b) < IdentityOf(*a)) {
        Differ(DifferenceKind::kOnlySecond, **b++);
      } else {
        Compare(**a++, **b++);
      }
    }
    return std::move(differences_);
  }

 private:
  void Differ(DifferenceKind kind, const VersionRecord& version) {
    RecordDifference& difference = differences_.emplace_back();
    difference = {.kind = kind, .package = name_, .version = version.version, .text = {}};
    if (!version.attributes.empty() && !version.files.empty()) {
      difference.text = version.files.front().name;
    }
  }

  void Compare(const VersionRecord& a, const VersionRecord& b) {
    if (!Same(first_.Metadata(a.metadata), second_.Metadata(b.metadata)) ||
        a.unknown_because != b.unknown_because) {
      Differ(DifferenceKind::kMetadata, a);
    }
    const auto same_file = [&](FileRecord x, FileRecord y) {
      if (!Same(first_.Metadata(x.metadata), second_.Metadata(y.metadata))) return false;
      x.metadata = y.metadata = {};
      return x == y;
    };
    if (!std::ranges::equal(a.files, b.files, same_file)) Differ(DifferenceKind::kFiles, a);
  }

  const std::string name_;
  const Sorted first_;
  const Sorted second_;
  std::vector<RecordDifference> differences_;
};

}  // namespace

std::vector<RecordDifference> CompareRecord(const PackageRecord& first,
                                            const PackageRecord& second) {
  return PackageComparison(first, second).Run();
}

RecordComparison CompareRecords(const RecordSource& first, const RecordSource& second,
                                size_t differences_max) {
  RecordComparison comparison;
  const auto differ = [&](RecordDifference difference) {
    ++comparison.difference_count;
    if (comparison.differences.size() < differences_max) {
      comparison.differences.push_back(std::move(difference));
    }
  };
  const auto whole = [&](DifferenceKind kind, std::string_view name, std::string_view text) {
    differ({.kind = kind, .package = std::string(name), .version = {}, .text = std::string(text)});
  };
  const auto compare = [&](size_t a, size_t b) {
    ++comparison.packages;
    const absl::StatusOr<PackageRecord> x = first.ReadAt(a);
    const absl::StatusOr<PackageRecord> y = second.ReadAt(b);
    for (const absl::Status& status : {x.status(), y.status()}) {
      if (!status.ok()) whole(DifferenceKind::kUnreadable, first.NameAt(a), Message(status));
    }
    if (!x.ok() || !y.ok()) return;
    for (RecordDifference& one : CompareRecord(*x, *y)) differ(std::move(one));
  };
  size_t a = 0;
  size_t b = 0;
  while (a < first.package_count() || b < second.package_count()) {
    const bool has_a = a < first.package_count();
    const bool has_b = b < second.package_count();
    if (has_a && (!has_b || first.NameAt(a) < second.NameAt(b))) {
      whole(DifferenceKind::kOnlyFirst, first.NameAt(a++), {});
    } else if (!has_a || second.NameAt(b) < first.NameAt(a)) {
      whole(DifferenceKind::kOnlySecond, second.NameAt(b++), {});
    } else {
      compare(a++, b++);
    }
  }
  return comparison;
}

}  // namespace accord::metadata
