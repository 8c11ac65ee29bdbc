#include "engine/why_answers.h"

#include <utility>

#include "engine/why_not.h"
#include "engine/why_package.h"
#include "engine/why_version.h"

namespace accord::engine {

absl::Status AskAfter(const Solved& solved, const WhyQuestions& questions, Explained& explained) {
  if (questions.versions) {
    absl::StatusOr<std::vector<WhyVersion>> versions = WhyVersions(solved, questions.limits);
    if (!versions.ok()) return versions.status();
    explained.versions = *std::move(versions);
  }
  if (!questions.package.empty()) {
    absl::StatusOr<WhyPackage> package = WhyIsThere(solved, questions.package, questions.limits);
    if (!package.ok()) return package.status();
    explained.package = *std::move(package);
  }
  if (!questions.not_chosen.empty()) {
    absl::StatusOr<WhyNot> not_chosen = WhyIsNotThere(solved, questions.not_chosen);
    if (!not_chosen.ok()) return not_chosen.status();
    explained.not_chosen = *std::move(not_chosen);
  }
  return absl::OkStatus();
}

}  // namespace accord::engine
