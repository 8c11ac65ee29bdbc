// Reading match specifiers: a package's file; or channel, namespace, name, version and build, and
// the keys between brackets.
#include <algorithm>
#include <array>

#include "base/error.h"
#include "ecosystem/conda/brackets.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/match_spec_keys.h"
#include "ecosystem/conda/package_file.h"
#include "ecosystem/conda/plain_spec.h"
#include "ecosystem/conda/positional.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

constexpr size_t kMd5Digits = 32;

enum class Named : uint8_t { kYes, kNo };

const ChannelBase& NoBase() {
  static const ChannelBase none;
  return none;
}

class MatchSpecParser {
 public:
  MatchSpecParser(const MatchSpecRules& rules, Named named)
      : rules_(rules),
        base_(rules.channels != nullptr ? *rules.channels : NoBase()),
        named_(named) {
    spec_.dialect = rules.dialect;
  }

  absl::StatusOr<MatchSpec> Run(std::string_view text) {
    if (named_ == Named::kYes) {
      if (const std::optional<PlainParts> plain = PlainParts::Of(text)) return Plain(*plain);
    }
    text = Strip(text);
    const std::string_view file = text.substr(0, text.rfind('#'));
    if (HasPackageExtension(file) && file.find("::") == std::string_view::npos) {
      if (const auto url = PathOrUrl(file, base_)) {
        ACCORD_RETURN_IF_ERROR(File(WithoutCredentials(*url)));
        ACCORD_RETURN_IF_ERROR(FileHash(text.substr(file.size())));
        return std::move(spec_);
      }
    }
    text = Strip(text.substr(0, CommentBegin(text)));
    if (text.empty() && rules_.dialect != Dialect::kLibmamba) {
      return InvalidInput("", "expected a match specifier");
    }
    if (rules_.dialect == Dialect::kConda && text.size() > 1 && text.ends_with('@') &&
        IsNameText(text.substr(0, text.size() - 1))) {
      spec_.track_features = {LowerText(text.substr(0, text.size() - 1))};
      return std::move(spec_);
    }
    std::string_view inside;
    ACCORD_RETURN_IF_ERROR(TakeBrackets(text, inside));
    ACCORD_RETURN_IF_ERROR(Positional(text));
    auto entries = ReadBrackets(inside);
    if (!entries.ok()) return entries.status();
    ACCORD_RETURN_IF_ERROR(ReadKeys(*entries, rules_, base_, spec_));
    return std::move(spec_);
  }

 private:
  absl::StatusOr<MatchSpec> Plain(const PlainParts& parts) {
    ACCORD_RETURN_IF_ERROR(SetName(parts.name, rules_.dialect, spec_));
    ACCORD_RETURN_IF_ERROR(SetVersionAndBuild(parts.version, parts.build));
    return std::move(spec_);
  }

  // https://host.example/channel/subdir/name-version-build.conda: Appendix C of CEP 29.
  absl::Status File(const std::string& url) {
    const size_t slash = url.rfind('/');
    const std::string fn = PercentDecoded(std::string_view(url).substr(slash + 1));
    const std::string folder = url.substr(0, slash);
    ACCORD_RETURN_IF_ERROR(SetText(url, spec_.url));
    ACCORD_RETURN_IF_ERROR(SetText(fn, spec_.fn));
    const bool has_subdir = IsKnownSubdir(std::string_view(folder).substr(folder.rfind('/') + 1));
    const std::optional<PackageFile> parts = SplitPackageFile(fn);
    // A file without the parts is known by its address alone, and in conda one without a subdir.
    const bool has_parts = parts && IsNameText(parts->name) && Version::TryParse(parts->version) &&
                           IsBuildText(parts->build) && parts->build.find('*') == std::string::npos;
    if (!has_parts || (!has_subdir && rules_.dialect == Dialect::kConda)) return absl::OkStatus();
    ACCORD_RETURN_IF_ERROR(SetName(parts->name, rules_.dialect, spec_));
    auto version = VersionSpec::Parse(parts->version, rules_.dialect);
    if (!version.ok()) return version.status();
    spec_.version = *std::move(version);
    ACCORD_RETURN_IF_ERROR(SetText(parts->build, spec_.build));
    if (!has_subdir) return absl::OkStatus();
    spec_.is_file = true;
    return SetChannel(folder, base_, spec_);
  }

  // "#MD5" or "#sha256:HASH" behind a file, as explicit lists have it (CEP 23).
  absl::Status FileHash(std::string_view hash) {
    if (hash.empty()) return absl::OkStatus();
    hash.remove_prefix(1);
    const bool is_sha256 = hash.starts_with("sha256:");
    if (is_sha256) hash.remove_prefix(7);
    const size_t digits = is_sha256 ? 2 * kMd5Digits : kMd5Digits;
    const auto is_hex = [](char c) { return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'f'); };
    if (hash.size() != digits || !std::all_of(hash.begin(), hash.end(), is_hex)) {
      return InvalidInput(
          "", Cat("expected ", digits, " hexadecimal digits behind '#', found ", Quoted(hash, 80)));
    }
    return SetText(hash, is_sha256 ? spec_.sha256 : spec_.md5);
  }

  // A '#' behind a blank, outside of brackets.
  static size_t CommentBegin(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
      if (text[i] == '[') {
        i = std::min(BracketsEnd(text, i), text.size());
        continue;
      }
      if (text[i] == '#' && (i == 0 || IsBlank(text[i - 1]))) return i;
      ++i;
    }
    return text.size();
  }

  // Cuts the brackets off: `inside` is what stands in them. In the older dialects a block in
  // parentheses may follow, which is left out.
  absl::Status TakeBrackets(std::string_view& text, std::string_view& inside) {
    const bool is_cep = rules_.dialect == Dialect::kCep;
    size_t begin = BracketsBegin(text);
    if (begin == text.size()) return absl::OkStatus();
    size_t end = BracketsEnd(text, begin);
    if (end < text.size() && text[end] == ':') {  // channel[subdir]::name
      if (is_cep) return InvalidInput("", "expected channel/subdir, found brackets");
      begin = end + BracketsBegin(text.substr(end));
      if (begin == text.size()) return absl::OkStatus();
      end = BracketsEnd(text, begin);
    }
    if (end == std::string_view::npos) return InvalidInput("", "expected ']'");
    const std::string_view behind = Strip(text.substr(end));
    const bool is_block = behind.starts_with('(') && behind.ends_with(')');
    if (!behind.empty() && (is_cep || !is_block)) {
      return InvalidInput("", Cat("expected nothing behind ']', found ", Quoted(behind, 40)));
    }
    inside = text.substr(begin + 1, end - begin - 2);
    text = Strip(text.substr(0, begin));
    return absl::OkStatus();
  }

  // The first '[' outside of a regular expression; text.size() if there is none.
  static size_t BracketsBegin(std::string_view text) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '[') return i;
      if (text[i] == '^') i = std::min(text.find('$', i), text.size() - 1);
    }
    return text.size();
  }

  absl::Status Positional(std::string_view text) {
    if (named_ == Named::kNo) return ReadVersionAndBuild(text);
    ACCORD_RETURN_IF_ERROR(TakeChannel(text));
    if (text.empty() && rules_.dialect == Dialect::kLibmamba) return absl::OkStatus();
    const size_t end = text.starts_with('^')
                           ? std::min(text.find('$'), text.size() - 1) + 1
                           : std::min(text.find_first_of(" \t=<>!~"), text.size());
    ACCORD_RETURN_IF_ERROR(SetName(text.substr(0, end), rules_.dialect, spec_));
    return ReadVersionAndBuild(text.substr(end));
  }

  // channel:namespace:name; one colon alone is behind a namespace.
  absl::Status TakeChannel(std::string_view& text) {
    const size_t head = std::min(text.find('^'), text.size());
    const size_t last = text.substr(0, head).rfind(':');
    if (last == std::string_view::npos) return absl::OkStatus();
    std::string_view before = text.substr(0, last);
    text = Strip(text.substr(last + 1));
    const size_t first = before.rfind(':');
    if (first == std::string_view::npos) {
      spec_.name_space = std::string(before);
      return absl::OkStatus();
    }
    spec_.name_space = std::string(before.substr(first + 1));
    before = before.substr(0, first);
    if (before.ends_with(']')) {
      const size_t bracket = before.rfind('[');
      if (bracket == std::string_view::npos) return InvalidInput("", "expected '[' before ']'");
      const std::string_view subdir = before.substr(bracket + 1, before.size() - bracket - 2);
      if (subdir.empty()) return InvalidInput("", "expected a subdir between '[' and ']'");
      ACCORD_RETURN_IF_ERROR(SetText(subdir, spec_.subdir));
      before = before.substr(0, bracket);
    }
    return before.empty() ? absl::OkStatus() : SetChannel(before, base_, spec_);
  }

  absl::Status ReadVersionAndBuild(std::string_view text) {
    auto positional = SplitPositional(text, rules_.dialect);
    if (!positional.ok()) return positional.status();
    return SetVersionAndBuild(positional->version, positional->build);
  }

  absl::Status SetVersionAndBuild(std::string_view version, std::string_view build) {
    if (!version.empty()) {
      auto read = VersionSpec::Parse(version, rules_.dialect);
      if (!read.ok()) return read.status();
      spec_.version = *std::move(read);
    }
    if (build.empty()) return absl::OkStatus();
    auto read = TextMatch::Parse(build, rules_.dialect);
    if (!read.ok()) return read.status();
    spec_.build = *std::move(read);
    return absl::OkStatus();
  }

  const MatchSpecRules& rules_;
  const ChannelBase& base_;
  Named named_;
  MatchSpec spec_;
};

absl::StatusOr<MatchSpec> Read(std::string_view text, const MatchSpecRules& rules, Named named) {
  if (text.size() > kMatchSpecBytesMax) {
    return LimitReached(
        Cat("match specifier ", Quoted(WithoutCredentials(text.substr(0, 200)), 40)),
        Cat("at most ", kMatchSpecBytesMax, " bytes are read, it has ", text.size()));
  }
  auto spec = MatchSpecParser(rules, named).Run(text);
  if (spec.ok()) return spec;
  return At(Cat("match specifier ", Quoted(WithoutCredentials(text))), spec.status());
}

}  // namespace

absl::StatusOr<MatchSpec> MatchSpec::Parse(std::string_view text, const MatchSpecRules& rules) {
  return Read(text, rules, Named::kYes);
}

absl::StatusOr<MatchSpec> MatchSpec::ParseNameless(std::string_view text,
                                                   const MatchSpecRules& rules) {
  return Read(text, rules, Named::kNo);
}

}  // namespace accord::conda
