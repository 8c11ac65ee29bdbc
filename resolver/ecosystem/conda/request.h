// What a conda resolve is asked: texts with their places, the target, what is installed, policies.
// Values only; universe_builder.h reads them. Each source of facts is a channel, in the order of
// priority.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ecosystem/conda/dialect.h"
#include "ecosystem/input_note.h"
#include "ecosystem/request_words.h"

namespace accord::conda {

using accord::AbsentPolicy;
using accord::PlacedText;
using accord::RequestOrder;
using accord::Resolution;

// Of a name that several channels have:
enum class ChannelPriority : uint8_t {
  kStrict,    // only the first channel that has the name
  kFlexible,  // a record of an earlier channel is better than any of a later one
  kDisabled,  // the channel counts behind version, build number and versions of dependencies
};

// What the target has that no channel does (CEP 30): "__glibc" "2.28" "0". No other virtual package
// exists.
struct VirtualPackage {
  std::string name;
  std::string version;
  std::string build;
};

// Records with that time or a later one are not there. Milliseconds since 1970, as in repodata.
struct ExcludeNewer {
  struct Of {
    std::string name;  // of a package or of a channel
    uint64_t instant_ms = 0;
  };
  uint64_t instant_ms = 0;    // 0: no limit
  std::vector<Of> packages;   // instead, for these
  std::vector<Of> channels;   // instead, for these; a package's own limit goes first
  bool admit_unknown = true;  // records without a time
};

class Installed;

// What is to become of an environment that is there, beside what the request asks for
// (docs/ecosystems/conda.md). Names are of packages that are installed.
struct EnvironmentChange {
  std::vector<PlacedText> update;  // names: the best of them, whatever is there
  bool update_all = false;
  std::vector<PlacedText> remove;  // names: not there, nor what needs them; no other change
  bool freeze = false;             // what is there stays as it is
  bool prune = false;              // what nobody asked for stays only where it is needed
};

struct ResolveRequest {
  // Match specifiers with the name of one package each; `when` and `extras` as in records. A name
  // is requested even if the condition of its specifier does not hold.
  std::vector<PlacedText> specs;
  std::vector<PlacedText> constraints;  // limit and do not request: pins
  // Of the name nothing else may be chosen (locked), these are tried first (favored), these may not
  // be chosen (excluded). Match specifiers with a name, without conditions and extras.
  std::vector<PlacedText> locked;
  std::vector<PlacedText> favored;
  std::vector<PlacedText> excluded;

  std::vector<std::string> subdirs;  // {"linux-64", "noarch"}; empty: all that the sources have
  std::vector<VirtualPackage> virtual_packages;
  std::string target;  // both for people, as TargetText; decides nothing

  Dialect dialect = Dialect::kCep;
  ChannelPriority channel_priority = ChannelPriority::kStrict;
  Resolution resolution = Resolution::kHighest;
  ExcludeNewer exclude_newer;
  // What records need is not looked for; of equal builds the one with better needs is still better.
  bool no_deps = false;
  AbsentPolicy absent = AbsentPolicy::kBySource;
  RequestOrder order = RequestOrder::kRequirerFirst;

  std::shared_ptr<const Installed> installed;  // null: no environment is there
  EnvironmentChange change;                    // means nothing without one

  // For those who read the answer; nothing hangs on them.
  std::vector<PlacedText> pip;  // what a file leaves to pip
  std::vector<InputNote> notes;
};

}  // namespace accord::conda
