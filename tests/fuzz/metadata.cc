// Core metadata: what was read, written down plainly, is read as the same; and the bytes between
// the lines mean nothing.
#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/core_metadata.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::CoreMetadata;
using pypi::MetadataFields;

void Append(std::string& text, std::string_view name, const std::vector<std::string>& values) {
  for (const std::string& value : values) text += Cat(name, ": ", value, "\n");
}

std::string Plain(const CoreMetadata& read) {
  std::string text;
  Append(text, "Metadata-Version", {read.metadata_version});
  Append(text, "Name", {read.name});
  Append(text, "Version", {read.version});
  if (!read.requires_python.empty()) Append(text, "Requires-Python", {read.requires_python});
  Append(text, "Requires-Dist", read.requires_dist);
  Append(text, "Provides-Extra", read.provides_extra);
  Append(text, "Dynamic", read.dynamic);
  return text;
}

bool Same(const CoreMetadata& a, const CoreMetadata& b) { return Plain(a) == Plain(b); }

bool Same(const MetadataFields& a, const MetadataFields& b) {
  if (a.body.empty() != b.body.empty() || a.fields.size() != b.fields.size()) return false;
  for (size_t i = 0; i < a.fields.size(); ++i) {
    if (a.fields[i].name != b.fields[i].name || a.fields[i].value != b.fields[i].value) {
      return false;
    }
  }
  return true;
}

std::string WithLineEnds(std::string_view text, std::string_view end) {
  std::string changed;
  for (const char c : text) c == '\n' ? changed.append(end) : changed.append(1, c);
  return changed;
}

// Those that a value does not keep: a line that goes on is joined with '\n' whatever it ended in.
void HoldLineEnds(std::string_view input, const MetadataFields& fields, Laws& laws) {
  if (input.find('\r') != std::string_view::npos) return;
  for (const std::string_view end : {"\r\n", "\r"}) {
    const auto other = pypi::ReadMetadataFields(WithLineEnds(input, end));
    laws.Hold(other.ok() && Same(*other, fields), "line ends are all the same", {input, end});
  }
}

}  // namespace

void Metadata(std::string_view input, Laws& laws) {
  const auto fields = pypi::ReadMetadataFields(input);
  if (!fields.ok()) return;
  HoldLineEnds(input, *fields, laws);
  const auto metadata = CoreMetadata::Parse(input);
  if (!metadata.ok()) return;
  const std::string plain = Plain(*metadata);
  const auto again = CoreMetadata::Parse(plain);
  laws.Hold(again.ok() && Same(*again, *metadata), "what was read is read again", {plain});
  const auto with_body = CoreMetadata::Parse(Cat(plain, "\nName: of the body\n"));
  laws.Hold(with_body.ok() && Same(*with_body, *metadata), "a body says nothing", {plain});
  for (const std::string& field : metadata->dynamic) {
    laws.Hold(!metadata->IsReliableInSdist(field), "what is dynamic is not reliable", {field});
  }
}

}  // namespace accord::fuzz
