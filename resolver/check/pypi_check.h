// Is this list of pins a solution of a PyPI request? Decided from the request's texts and from the
// records' own requirement texts, by a walk from the request that knows no Universe, no admission
// and no solver: of ecosystem/pypi it uses the parsers, the specifiers and the marker evaluation.
// It does not say whether the answer is the canonical one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "check/report.h"
#include "ecosystem/pypi/request.h"
#include "metadata/source.h"

namespace accord::check {

struct PypiPin {
  std::string name;
  std::string version;  // as spelled, or any equal spelling
  // The active ones; none: the answer does not say, and what the request leads to counts.
  std::optional<std::vector<std::string>> extras;
  // What an answer may say besides; empty or none: it does not.
  std::string index;                              // the place of the source that has it
  std::string url;                                // of a direct reference
  std::optional<std::vector<std::string>> files;  // names of those that will do, best first
};

// Neither is owned; the request is never null.
struct PypiQuestion {
  const pypi::ResolveRequest* request = nullptr;
  absl::Span<const metadata::Source* const> sources;  // in the order of the index policy
};

// A solution, with the words of request.h:
// - each requirement that applies (its marker holds with no extra, or with one requested extra of
//   its package alone) has its name pinned inside its specifiers, with its extras active; overrides
//   stand in place of what they override;
// - each name is pinned once: to what stands at the URL that the request asks for, or to a version
//   of the source that counts, with a file that will do (or no known files, where that will do) and
//   needs that are known and readable; Requires-Python of its metadata admits the environment's
//   Python. Its metadata is that of its best file;
// - nothing is yanked unless pinned by the request or an earlier answer, and nothing a pre-release
//   that the policy of its name does not admit;
// - constraints, locks and exclusions hold, and nothing is there unneeded;
// - what a pin says of its index and files is so.
// How versions compare in preference means nothing here.
// Errors: InvalidInput if a text of the request cannot be read, with its place; what a source's
// Find says.
[[nodiscard]] absl::StatusOr<CheckReport> CheckPypi(const PypiQuestion& question,
                                                    absl::Span<const PypiPin> pins);

}  // namespace accord::check
