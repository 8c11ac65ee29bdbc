#include "ecosystem/conda/spec_text.h"

namespace accord::conda {

std::string SpecText(const MatchSpec& spec) {
  const bool says_more = spec.channel_match || spec.subdir || spec.build_number ||
                         spec.track_features || spec.features || spec.url || spec.md5 ||
                         spec.sha256 || spec.license || spec.license_family || spec.fn ||
                         spec.timestamp || !spec.flags.empty() || !spec.extras.empty() ||
                         spec.when != nullptr;
  return says_more ? spec.Canonical()
                   : SpecText(spec.name.Canonical(), spec.version ? &*spec.version : nullptr,
                              spec.build ? &*spec.build : nullptr);
}

std::string SpecText(std::string_view name, const VersionSpec* version, const TextMatch* build) {
  const bool any_version = version == nullptr || version->admits_all();
  const bool any_build = build == nullptr || build->kind() == TextMatch::Kind::kAll;
  std::string text(name);
  if (!any_version) {
    text.append(" ").append(version->Canonical());
  } else if (!any_build) {
    text += " *";
  }
  if (!any_build) text.append(" ").append(build->Canonical());
  return text;
}

}  // namespace accord::conda
