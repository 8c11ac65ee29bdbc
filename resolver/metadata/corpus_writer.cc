// See corpus_writer.h.
#include "metadata/corpus_writer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"

namespace accord::metadata {
namespace {

void AppendJson(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      out.append("\\u00").append({kHex[byte >> 4], kHex[byte & 15]});
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void AppendKey(std::string& out, std::string_view key) {
  if (out.back() != '{') out.push_back(',');
  AppendJson(out, key);
  out.push_back(':');
}

// Empty texts are not written: absent means empty.
void AppendField(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  AppendKey(out, key);
  AppendJson(out, text);
}

// Writes each of `items` through `append`, in brackets. An empty list is written only if `always`.
template <class Items, class Append>
void AppendList(std::string& out, std::string_view key, const Items& items, Append append,
                bool always = false) {
  if (items.empty() && !always) return;
  AppendKey(out, key);
  out.push_back('[');
  for (const auto& item : items) {
    if (&item != &items.front()) out.push_back(',');
    append(out, item);
  }
  out.push_back(']');
}

void AppendText(std::string& out, const std::string& text) { AppendJson(out, text); }

void AppendMetadata(std::string& out, const MetadataRecord& metadata) {
  out.push_back('{');
  AppendList(out, "requires", metadata.requirements, AppendText);
  AppendField(out, "requiresPython", metadata.requires_language);
  AppendList(out, "extras", metadata.extras, AppendText);
  out.push_back('}');
}

void AppendFile(std::string& out, const FileRecord& file) {
  out.push_back('{');
  AppendField(out, "name", file.name);
  AppendField(out, "url", file.url);
  if (file.metadata) {
    AppendKey(out, "metadata");
    out += std::to_string(*file.metadata);
  }
  if (file.size) {
    AppendKey(out, "size");
    out += std::to_string(*file.size);
  }
  AppendField(out, "uploaded", file.uploaded);
  AppendField(out, "sha256", file.sha256);
  AppendField(out, "md5", file.md5);
  AppendField(out, "requiresPython", file.requires_language);
  if (file.yanked && file.yanked_reason.empty()) {
    AppendKey(out, "yanked");
    out += "true";
  } else if (file.yanked) {
    AppendField(out, "yanked", file.yanked_reason);
  }
  out.push_back('}');
}

void AppendVersion(std::string& out, const VersionRecord& version) {
  out.push_back('{');
  AppendField(out, "version", version.version);
  AppendKey(out, "metadata");
  out += version.metadata ? std::to_string(*version.metadata) : "null";
  if (!version.metadata) AppendField(out, "unknown", version.unknown_because);
  if (!version.attributes.empty()) {
    AppendKey(out, "attributes");
    out.push_back('{');
    for (const auto& [key, text] : version.attributes) AppendField(out, key, text);
    out.push_back('}');
  }
  AppendList(out, "files", version.files, AppendFile);
  out.push_back('}');
}

bool AreInOrder(const std::vector<std::pair<std::string, std::string>>& attributes) {
  std::string_view last;
  for (const auto& [key, text] : attributes) {
    if (key <= last || text.empty()) return false;
    last = key;
  }
  return true;
}

absl::Status CheckWritable(const PackageRecord& record, std::string_view last_name) {
  const auto needs_escape = [](char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  };
  if (record.name.empty() || std::ranges::any_of(record.name, needs_escape)) {
    return InvalidInput(Quoted(record.name), "a package name that needs no escape is expected");
  }
  if (record.name <= last_name) {
    return InvalidInput(
        Quoted(record.name),
        Cat("names are written in ascending order, the last was ", Quoted(last_name)));
  }
  for (const VersionRecord& version : record.versions) {
    const bool dangling = version.metadata && *version.metadata >= record.metadata.size();
    if (dangling || version.version.empty() ||
        version.metadata.has_value() != version.unknown_because.empty()) {
      return InvalidInput(
          Cat(record.name, " ", Quoted(version.version)),
          "a version text, and metadata or a reason why it is unknown, is expected");
    }
    if (!AreInOrder(version.attributes)) {
      return InvalidInput(Cat(record.name, " ", Quoted(version.version)),
                          "attributes ascend by their keys, and no key or text is empty");
    }
    for (const FileRecord& file : version.files) {
      const bool file_dangles = file.metadata && *file.metadata >= record.metadata.size();
      if (!file.name.empty() && !file_dangles) continue;
      return InvalidInput(Cat(record.name, " ", Quoted(version.version)),
                          "files have names, and metadata that is there, found one without");
    }
  }
  return absl::OkStatus();
}

}  // namespace

CorpusWriter::CorpusWriter(const CorpusHeader& header, int level) : compressor_(level) {
  std::string line = "{";
  AppendField(line, "format", kCorpusFormat);
  AppendField(line, "ecosystem", header.ecosystem);
  AppendKey(line, "complete");
  line += header.complete ? "true" : "false";
  AppendField(line, "source", header.source);
  AppendField(line, "recorded", header.recorded);
  line += "}\n";
  compressor_.Append(line);
}

std::string RecordLine(const PackageRecord& record) {
  std::string line = "{";
  AppendField(line, "name", record.name);
  AppendList(line, "metadata", record.metadata, AppendMetadata);
  AppendList(line, "versions", record.versions, AppendVersion, /*always=*/true);
  return line + "}";
}

absl::Status CorpusWriter::Add(const PackageRecord& record) {
  ACCORD_RETURN_IF_ERROR(CheckWritable(record, last_name_));
  const std::string line = RecordLine(record) + "\n";
  if (FirstFaultOfUtf8(line)) {
    return InvalidInput(record.name, "texts in UTF-8 are expected");
  }
  compressor_.Append(line);
  last_name_ = record.name;
  return absl::OkStatus();
}

std::string CorpusWriter::TakeBytes() { return compressor_.Finish(); }

absl::Status CorpusWriter::WriteTo(const std::string& path) {
  return WriteFileBytes(path, TakeBytes());
}

absl::Status WriteCorpus(const CorpusHeader& header, absl::Span<const PackageRecord> records,
                         const std::string& path) {
  CorpusWriter writer(header);
  for (const PackageRecord& record : records) ACCORD_RETURN_IF_ERROR(writer.Add(record));
  return writer.WriteTo(path);
}

}  // namespace accord::metadata
