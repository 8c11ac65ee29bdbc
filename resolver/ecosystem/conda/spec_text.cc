#include "ecosystem/conda/spec_text.h"

#include "base/error.h"

namespace accord::conda {

std::string SpecText(const MatchSpec& spec) {
  const bool says_more = spec.channel_match || spec.subdir || spec.build_number ||
                         spec.track_features || spec.features || spec.url || spec.md5 ||
                         spec.sha256 || spec.license || spec.license_family || spec.fn ||
                         spec.timestamp || !spec.flags.empty() || !spec.extras.empty() ||
                         spec.when != nullptr;
  if (says_more) return spec.Canonical();
  const bool any_version = !spec.version || spec.version->admits_all();
  const bool any_build = !spec.build || spec.build->kind() == TextMatch::Kind::kAll;
  std::string text = spec.name.Canonical();
  if (!any_version) {
    text += Cat(" ", spec.version->Canonical());
  } else if (!any_build) {
    text += " *";
  }
  if (!any_build) text += Cat(" ", spec.build->Canonical());
  return text;
}

}  // namespace accord::conda
