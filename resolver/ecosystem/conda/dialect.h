// Whose reading of conda's texts is meant. The standards (CEP 29 and 33) decide unless a request
// says otherwise; the tools that came before them read some texts differently.
#pragma once

#include <cstdint>

namespace accord::conda {

// Where the readings part. The sentence of CEP 29 comes first.
//
//   "Exclusion ... MUST be interpreted as a negated fuzzy equality": !=1.8 forbids 1.8.1 (kCep);
//   kConda and kLibmamba forbid what equals 1.8 alone. !=1.8.* is the same for all.
//   "{name}={version-literal}={build} ... denote exact equality": foo=1.0=b is ==1.0 (kCep,
//   kConda), and =1.0 in kLibmamba.
//   "{name} ={version-literal} {build} denotes fuzzy equality": so for kCep and kLibmamba; exact
//   for kConda.
//   "`,` (AND) has higher precedence than `|` (OR)": kLibmamba joins | first.
//   "Mixing * with other version-specific operators is disallowed": kCep reads >=1.* as >=1 and
//   refuses any other star behind < and >; for kConda and kLibmamba a star that is not the end of
//   ".*" is a character of the version, a string below all letters.
//   "the keyword expressions override the positional values": not version, build and subdir in
//   kLibmamba, where the positional ones stand.
//   "one or more version clauses": kLibmamba takes an empty specifier as *.
//   ~=1 has no segment left to be fuzzy about: >=1 for kCep and kLibmamba, refused by kConda.
//   An expression with * is a glob: but in kLibmamba a build with * and characters beyond letters,
//   digits, '_' and '-' is a regular expression that must fit whole, its last * being ".*".
//   "Some legacy syntax ... was intentionally left out": channel[subdir]::name, [optional] and a
//   (...) block are read, and but for the subdir ignored, by kConda and kLibmamba; name@ by kConda.
enum class Dialect : uint8_t { kCep, kConda, kLibmamba };

}  // namespace accord::conda
