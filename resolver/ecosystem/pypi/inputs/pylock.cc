// Reads PEP 751's tables one by one. Keys that it does not know stay unread: newer minor versions
// may bring more.
#include "ecosystem/pypi/inputs/pylock.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/inputs/toml_text.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/specifier_set.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr int kMinorKnown = 0;  // of major version 1

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The last part of a path or URL, in URLs without %XX, query and fragment.
std::string EndOf(const PylockFile& file) {
  if (file.url.empty()) return file.path.substr(file.path.find_last_of('/') + 1);
  std::string_view path = std::string_view(file.url).substr(0, file.url.find_first_of("?#"));
  path = path.substr(path.find_last_of('/') + 1);
  std::string name;
  for (size_t i = 0; i < path.size(); ++i) {
    const bool is_coded = path[i] == '%' && i + 2 < path.size() && HexDigit(path[i + 1]) >= 0 &&
                          HexDigit(path[i + 2]) >= 0;
    if (is_coded) {
      name.push_back(static_cast<char>(16 * HexDigit(path[i + 1]) + HexDigit(path[i + 2])));
      i += 2;
    } else {
      name.push_back(path[i]);
    }
  }
  return name;
}

class LockReader {
 public:
  explicit LockReader(std::string_view place) : place_(place) { lock_.place = place; }

  absl::StatusOr<Pylock> Read(const toml::table& document) {
    ACCORD_RETURN_IF_ERROR(HoldVersion(document));
    ACCORD_RETURN_IF_ERROR(Required(document, "created-by").status());
    ACCORD_RETURN_IF_ERROR(ReadEnvironments(document));
    ACCORD_RETURN_IF_ERROR(ReadSpecifiers(document, lock_.requires_python));
    ACCORD_RETURN_IF_ERROR(ReadNames(document, "extras", lock_.extras));
    ACCORD_RETURN_IF_ERROR(ReadNames(document, "dependency-groups", lock_.groups));
    ACCORD_RETURN_IF_ERROR(ReadNames(document, "default-groups", lock_.default_groups));
    const absl::StatusOr<const toml::array*> packages = FindArray(document, "packages", place_);
    if (!packages.ok()) return packages.status();
    if (*packages == nullptr) return Lacks(document, "packages");
    for (const toml::node& node : **packages) {
      if (lock_.packages.size() == kPylockPackagesMax) {
        return LimitReached(PlaceOf(place_, node),
                            Cat("at most ", kPylockPackagesMax, " packages are read"));
      }
      ACCORD_RETURN_IF_ERROR(AsTable(node, "packages").status());
      ACCORD_RETURN_IF_ERROR(ReadPackage(*node.as_table()));
    }
    return std::move(lock_);
  }

 private:
  absl::Status Lacks(const toml::table& table, std::string_view key) const {
    return InvalidInput(PlaceOf(place_, table),
                        Cat("a key ", Quoted(key), " is wanted, there is ", "none"));
  }

  absl::StatusOr<const toml::table*> AsTable(const toml::node& node, std::string_view key) const {
    if (const toml::table* const table = node.as_table()) return table;
    return InvalidInput(PlaceOf(place_, node),
                        Cat("tables are wanted in ", Quoted(key), ", found a ", KindOf(node)));
  }

  // Empty if the key is not there.
  absl::StatusOr<std::string> Optional(const toml::table& table, std::string_view key) const {
    const absl::StatusOr<const std::string*> text = FindText(table, key, place_);
    if (!text.ok()) return text.status();
    return *text == nullptr ? std::string() : **text;
  }

  absl::StatusOr<std::string> Required(const toml::table& table, std::string_view key) const {
    if (!table.contains(key)) return Lacks(table, key);
    return Optional(table, key);
  }

  absl::Status HoldKind(const toml::table& table, std::string_view key, toml::node_type kind,
                        std::string_view words) const {
    const toml::node* const node = table.get(key);
    if (node == nullptr || node->type() == kind) return absl::OkStatus();
    return InvalidInput(PlaceOf(place_, *node),
                        Cat(words, " is wanted as ", Quoted(key), ", found a ", KindOf(*node)));
  }

  absl::Status HoldVersion(const toml::table& document) {
    const absl::StatusOr<std::string> text = Required(document, "lock-version");
    if (!text.ok()) return text.status();
    const std::string place = PlaceOf(place_, *document.get("lock-version"));
    const absl::StatusOr<Version> version = Version::Parse(*text);
    if (!version.ok()) return At(place, version.status());
    if (*version < *Version::TryParse("1") || *version >= *Version::TryParse("2.dev0")) {
      return InvalidInput(place, Cat("lock-version 1.x is known, found ", Quoted(*text)));
    }
    if (*version > *Version::TryParse(Cat("1.", kMinorKnown))) {
      lock_.notes.push_back({place, Cat("lock-version ", *text, " is newer than 1.", kMinorKnown,
                                        ", it is read as that")});
    }
    return absl::OkStatus();
  }

  absl::Status ReadEnvironments(const toml::table& document) {
    const auto texts = FindTexts(document, "environments", place_);
    if (!texts.ok()) return texts.status();
    for (const PlacedText& text : *texts) {
      absl::StatusOr<Marker> marker = Marker::Parse(text.text);
      if (!marker.ok()) return At(text.place, marker.status());
      lock_.environments.push_back(*std::move(marker));
    }
    return absl::OkStatus();
  }

  absl::Status ReadSpecifiers(const toml::table& table, std::string& into) const {
    absl::StatusOr<std::string> text = Optional(table, "requires-python");
    if (!text.ok()) return text.status();
    into = *std::move(text);
    const absl::Status fault = SpecifierSet::Parse(into).status();
    return fault.ok() ? fault : At(PlaceOf(place_, *table.get("requires-python")), fault);
  }

  absl::Status ReadNames(const toml::table& document, std::string_view key,
                         std::vector<std::string>& into) const {
    const auto texts = FindTexts(document, key, place_);
    if (!texts.ok()) return texts.status();
    for (const PlacedText& text : *texts) {
      ACCORD_RETURN_IF_ERROR(HoldNormal(text.text, text.place));
      into.push_back(text.text);
    }
    return absl::OkStatus();
  }

  static absl::Status HoldNormal(const std::string& name, std::string_view place) {
    if (IsNormalizedName(name)) return absl::OkStatus();
    return InvalidInput(place, Cat("a name in normal form is wanted, found ", Quoted(name)));
  }

  absl::Status ReadPackage(const toml::table& table) {
    PylockPackage package{.place = PlaceOf(place_, table)};
    absl::StatusOr<std::string> name = Required(table, "name");
    if (!name.ok()) return name.status();
    ACCORD_RETURN_IF_ERROR(HoldNormal(*name, package.place));
    package.name = *std::move(name);
    absl::StatusOr<std::string> version = Optional(table, "version");
    if (!version.ok()) return version.status();
    package.version = *std::move(version);
    if (table.contains("version") && !Version::TryParse(package.version)) {
      return InvalidInput(package.place,
                          Cat("a PEP 440 version is wanted, found ", Quoted(package.version)));
    }
    const absl::StatusOr<std::string> marker = Optional(table, "marker");
    if (!marker.ok()) return marker.status();
    if (!marker->empty()) {
      absl::StatusOr<Marker> parsed = Marker::Parse(*marker);
      if (!parsed.ok()) return At(PlaceOf(place_, *table.get("marker")), parsed.status());
      package.marker = *std::move(parsed);
    }
    ACCORD_RETURN_IF_ERROR(ReadSpecifiers(table, package.requires_python));
    ACCORD_RETURN_IF_ERROR(Optional(table, "index").status());
    ACCORD_RETURN_IF_ERROR(HoldTables(table, "dependencies", ""));
    ACCORD_RETURN_IF_ERROR(HoldTables(table, "attestation-identities", "kind"));
    ACCORD_RETURN_IF_ERROR(ReadSource(table, package));
    lock_.packages.push_back(std::move(package));
    return absl::OkStatus();
  }

  // A list of tables, each with a text under the key (if one is named).
  absl::Status HoldTables(const toml::table& table, std::string_view list,
                          std::string_view key) const {
    const absl::StatusOr<const toml::array*> found = FindArray(table, list, place_);
    if (!found.ok()) return found.status();
    if (*found == nullptr) return absl::OkStatus();
    for (const toml::node& node : **found) {
      const absl::StatusOr<const toml::table*> entry = AsTable(node, list);
      if (!entry.ok()) return entry.status();
      if (!key.empty()) ACCORD_RETURN_IF_ERROR(Required(**entry, key).status());
    }
    return absl::OkStatus();
  }

  absl::Status ReadSource(const toml::table& table, PylockPackage& package) {
    const bool has_files = table.contains("sdist") || table.contains("wheels");
    const int others = static_cast<int>(table.contains("vcs")) +
                       static_cast<int>(table.contains("directory")) +
                       static_cast<int>(table.contains("archive"));
    if (static_cast<int>(has_files) + others != 1) {
      return InvalidInput(package.place,
                          "one source is wanted: vcs, directory, archive, or wheels "
                          "and sdist");
    }
    if (table.contains("vcs")) return ReadVcs(table, package);
    if (table.contains("directory")) return ReadDirectory(table, package);
    if (table.contains("archive")) {
      package.source = PylockSource::kArchive;
      return ReadFile(*table.get("archive"), "archive", package.other.emplace());
    }
    return ReadFiles(table, package);
  }

  absl::Status ReadVcs(const toml::table& table, PylockPackage& package) const {
    const absl::StatusOr<const toml::table*> vcs = FindTable(table, "vcs", place_);
    if (!vcs.ok()) return vcs.status();
    package.source = PylockSource::kVcs;
    ACCORD_RETURN_IF_ERROR(Required(**vcs, "type").status());
    ACCORD_RETURN_IF_ERROR(Required(**vcs, "commit-id").status());
    ACCORD_RETURN_IF_ERROR(Optional(**vcs, "requested-revision").status());
    ACCORD_RETURN_IF_ERROR(Optional(**vcs, "subdirectory").status());
    return ReadPlace(**vcs, package.other.emplace());
  }

  absl::Status ReadDirectory(const toml::table& table, PylockPackage& package) const {
    const absl::StatusOr<const toml::table*> directory = FindTable(table, "directory", place_);
    if (!directory.ok()) return directory.status();
    package.source = PylockSource::kDirectory;
    ACCORD_RETURN_IF_ERROR(
        HoldKind(**directory, "editable", toml::node_type::boolean, "true or false"));
    ACCORD_RETURN_IF_ERROR(Optional(**directory, "subdirectory").status());
    absl::StatusOr<std::string> path = Required(**directory, "path");
    if (!path.ok()) return path.status();
    package.other.emplace().path = *std::move(path);
    return absl::OkStatus();
  }

  absl::Status ReadPlace(const toml::table& table, PylockFile& file) const {
    absl::StatusOr<std::string> url = Optional(table, "url");
    if (!url.ok()) return url.status();
    absl::StatusOr<std::string> path = Optional(table, "path");
    if (!path.ok()) return path.status();
    file.url = *std::move(url);
    file.path = *std::move(path);
    if (!file.url.empty() || !file.path.empty()) return absl::OkStatus();
    return InvalidInput(PlaceOf(place_, table), "a path or url is wanted, there is neither");
  }

  absl::Status ReadFile(const toml::node& node, std::string_view key, PylockFile& file) {
    const absl::StatusOr<const toml::table*> table = AsTable(node, key);
    if (!table.ok()) return table.status();
    if (++files_ > kPylockFilesMax) {
      return LimitReached(PlaceOf(place_, node),
                          Cat("at most ", kPylockFilesMax, " files are read"));
    }
    ACCORD_RETURN_IF_ERROR(ReadPlace(**table, file));
    ACCORD_RETURN_IF_ERROR(HoldKind(**table, "size", toml::node_type::integer, "a whole number"));
    ACCORD_RETURN_IF_ERROR(
        HoldKind(**table, "upload-time", toml::node_type::date_time, "a date with time"));
    ACCORD_RETURN_IF_ERROR(Optional(**table, "subdirectory").status());
    absl::StatusOr<std::string> name = Optional(**table, "name");
    if (!name.ok()) return name.status();
    file.name = name->empty() ? EndOf(file) : *std::move(name);
    return ReadHashes(**table, file);
  }

  absl::Status ReadHashes(const toml::table& table, PylockFile& file) const {
    const absl::StatusOr<const toml::table*> hashes = FindTable(table, "hashes", place_);
    if (!hashes.ok()) return hashes.status();
    if (*hashes == nullptr || (*hashes)->empty()) return Lacks(table, "hashes");
    for (const auto& [algorithm, node] : **hashes) {
      const absl::StatusOr<const std::string*> hash = FindText(**hashes, algorithm.str(), place_);
      if (!hash.ok()) return hash.status();
      file.hashes.push_back(Cat(algorithm.str(), ":", **hash));
    }
    return absl::OkStatus();
  }

  absl::Status ReadFiles(const toml::table& table, PylockPackage& package) {
    if (const toml::node* const sdist = table.get("sdist")) {
      ACCORD_RETURN_IF_ERROR(ReadFile(*sdist, "sdist", package.sdist.emplace()));
      const absl::StatusOr<SdistName> name = SdistName::Parse(package.sdist->name);
      ACCORD_RETURN_IF_ERROR(HoldFileName(name, package, *sdist));
    }
    const absl::StatusOr<const toml::array*> wheels = FindArray(table, "wheels", place_);
    if (!wheels.ok()) return wheels.status();
    if (*wheels == nullptr) return absl::OkStatus();
    for (const toml::node& node : **wheels) {
      ACCORD_RETURN_IF_ERROR(ReadFile(node, "wheels", package.wheels.emplace_back()));
      const absl::StatusOr<WheelName> name = WheelName::Parse(package.wheels.back().name);
      ACCORD_RETURN_IF_ERROR(HoldFileName(name, package, node));
    }
    return absl::OkStatus();
  }

  // A file's name speaks of the package that it stands under.
  template <class FileName>
  absl::Status HoldFileName(const absl::StatusOr<FileName>& name, const PylockPackage& package,
                            const toml::node& node) const {
    const std::string place = PlaceOf(place_, node);
    if (!name.ok()) return At(place, name.status());
    if (name->name != package.name) {
      return InvalidInput(place, Cat("a file of ", Quoted(package.name),
                                     " is wanted, found one of ", Quoted(name->name)));
    }
    const std::optional<Version> version = Version::TryParse(package.version);
    if (!version || *version == name->version) return absl::OkStatus();
    return InvalidInput(place, Cat("a file of version ", package.version, " is wanted, found one ",
                                   "of ", name->version.Text()));
  }

  std::string_view place_;
  size_t files_ = 0;
  Pylock lock_;
};

}  // namespace

absl::StatusOr<Pylock> Pylock::Parse(std::string_view text, std::string_view place) {
  const absl::StatusOr<toml::table> document = ReadToml(text, place);
  if (!document.ok()) return document.status();
  return LockReader(place).Read(*document);
}

}  // namespace accord::pypi
