// Is this list of pins a solution of a conda request? Decided from the request's texts and from the
// records' own requirement texts, by a walk from the request that knows no Universe, no admission
// and no solver: of ecosystem/conda it uses the parsers, the specifiers and the conditions. It does
// not say whether the answer is the canonical one.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "check/report.h"
#include "ecosystem/conda/request.h"
#include "metadata/source.h"

namespace accord::check {

// What an answer says of a package, as its record spells it.
struct CondaPin {
  std::string name;
  std::string version;
  std::string build;
  // Empty: the answer does not say.
  std::string channel;
  std::string subdir;
  std::string fn;
  std::string sha256;
  std::string md5;

  [[nodiscard]] std::string Label() const;  // "name version build"
};

// Neither is owned; the request is never null.
struct CondaQuestion {
  const conda::ResolveRequest* request = nullptr;
  absl::Span<const metadata::Source* const> sources;  // channels, in the order of priority
};

// A solution, with the words of request.h. The environment is the pins and the virtual packages of
// the request; what has a condition (`when`) applies if that holds in the environment.
// - Each name is pinned once, by a pin that means just one record. The record stands in an admitted
//   subdir, in a channel that counts (by kStrict the first one that has the name in such a subdir,
//   of whatever age), is as old as the request wants it, and has needs that are known and readable.
//   A record whose version cannot be read does not exist; of records that are alike
//   (ecosystem/conda/grammar.h) the first does.
// - Each spec of the request, and each requirement of a record, that applies is matched by the pin
//   or the virtual package of its name. What an extra asks for counts where something that applies
//   asks for that extra of the record; one that the record does not have brings nothing.
// - Constraints and locks of the request, and `constrains` of records, that apply match what the
//   environment has of their name, if anything; no pin matches an exclusion that applies.
// - Nothing is there unneeded: every pin is asked for by the request, or by a record that is.
// Of an environment that is there (request.installed, change) each record may be chosen, whatever
// channels and policies say of it. What was asked for earlier must be met, unless the request names
// it or something is removed. What is there may stay without need, but for what prune and
// update_all say. What is frozen is there as it is installed; where something is removed, that is
// not there, and all the rest is as it is installed or not there.
// With no_deps nothing that records say of others is looked at. Names that begin with "__" are the
// virtual packages' alone. How versions compare in preference means nothing here.
// Errors: InvalidInput or LimitReached if a text of the request cannot be read, with its place, or
// names no one package; what a source says of facts that are damaged.
[[nodiscard]] absl::StatusOr<CheckReport> CheckConda(const CondaQuestion& question,
                                                     absl::Span<const CondaPin> pins);

}  // namespace accord::check
