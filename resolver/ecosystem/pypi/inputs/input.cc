// From what a file says to a request.
#include "ecosystem/pypi/inputs/input.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"

namespace accord::pypi {
namespace {

template <class T>
void Append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// Names that the request has a word on already keep it.
void AddNames(std::vector<std::string>& to, const std::vector<std::string>& from,
              const std::vector<std::string>& other) {
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& known) {
      return NormalizeName(known) == NormalizeName(name);
    });
  };
  for (const std::string& name : from) {
    if (!has(to, name) && !has(other, name)) to.push_back(name);
  }
}

absl::StatusOr<LenientSpecifiers> ReadPythonWish(const PlacedText& wish) {
  std::optional<LenientSpecifiers> read = ReadSpecifiersLeniently(wish.text);
  if (read) return *std::move(read);
  return InvalidInput(wish.place, Cat("version specifiers are wanted as requires-python, found ",
                                      Quoted(wish.text)));
}

}  // namespace

absl::StatusOr<bool> AdmitsPython(const ResolveRequest& request, const Environment& environment) {
  const Version* python = environment.GetVersion(MarkerVariable::kPythonFullVersion);
  for (const PlacedText& wish : request.requires_python) {
    const absl::StatusOr<LenientSpecifiers> read = ReadPythonWish(wish);
    if (!read.ok()) return read.status();
    if (python != nullptr && !Matches(read->set, *python)) return false;
  }
  return true;
}

absl::StatusOr<std::vector<InputNote>> NotesOnPython(const Input& input,
                                                     const Environment& environment) {
  std::vector<InputNote> notes;
  const Version* python = environment.GetVersion(MarkerVariable::kPythonFullVersion);
  for (const PlacedText& wish : input.requires_python) {
    const absl::StatusOr<LenientSpecifiers> read = ReadPythonWish(wish);
    if (!read.ok()) return read.status();
    if (read->repaired) {
      notes.push_back({wish.place, Cat("requires-python ", Quoted(wish.text), " is read as ",
                                       Quoted(read->text))});
    }
    if (python == nullptr || Matches(read->set, *python)) continue;
    notes.push_back({wish.place, Cat("requires-python ", Quoted(wish.text),
                                     " excludes the target's Python ", python->Text())});
  }
  return notes;
}

void AddTo(ResolveRequest& request, const Input& input) {
  Append(request.requirements, input.requirements);
  Append(request.constraints, input.constraints);
  Append(request.requires_python, input.requires_python);
  Append(request.allowed_hashes, input.allowed_hashes);
  Append(request.notes, input.notes);
  request.require_hashes |= input.require_hashes;
  if (input.allow_prereleases && request.prereleases == PrereleasePolicy::kIfNecessaryOrExplicit) {
    request.prereleases = PrereleasePolicy::kAllow;
  }
  if (!input.binaries) return;
  BinaryPolicy& binaries = request.binaries;
  if (!binaries.only_binary && !binaries.no_binary) {
    binaries.only_binary = input.binaries->only_binary;
    binaries.no_binary = input.binaries->no_binary;
  }
  binaries.prefer_binary |= input.binaries->prefer_binary;
  AddNames(binaries.only_binary_names, input.binaries->only_binary_names, binaries.no_binary_names);
  AddNames(binaries.no_binary_names, input.binaries->no_binary_names, binaries.only_binary_names);
}

}  // namespace accord::pypi
