#include "metadata/acx_directory.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "metadata/bytes.h"

namespace accord::metadata {
namespace {

void WriteText(std::string_view text, ByteWriter& out) {
  out.Varint(text.size());
  out.Bytes(text);
}

void WriteChecksum(uint64_t checksum, ByteWriter& out) {
  char bytes[sizeof checksum];
  std::memcpy(bytes, &checksum, sizeof checksum);
  out.Bytes({bytes, sizeof checksum});
}

uint64_t ReadChecksum(ByteReader& in) {
  const std::string_view bytes = in.Bytes(sizeof(uint64_t));
  uint64_t checksum = 0;
  if (in.ok()) std::memcpy(&checksum, bytes.data(), sizeof checksum);
  return checksum;
}

void WriteTable(const AcxTableEntry& table, ByteWriter& out) {
  out.Varint(table.index_offset);
  out.Varint(table.index_bytes);
  WriteChecksum(table.index_checksum, out);
  out.Varint(table.block_count);
  out.Varint(table.dictionary_offset);
  out.Varint(table.dictionary_bytes);
  WriteChecksum(table.dictionary_checksum, out);
}

AcxTableEntry ReadTable(ByteReader& in) {
  AcxTableEntry table;
  table.index_offset = in.Varint();
  table.index_bytes = in.Varint();
  table.index_checksum = ReadChecksum(in);
  const uint64_t blocks = in.Varint();
  if (blocks > UINT32_MAX || table.index_bytes > kAcxIndexBytesMax) in.Fail();
  table.block_count = static_cast<uint32_t>(blocks);
  table.dictionary_offset = in.Varint();
  table.dictionary_bytes = in.Varint();
  table.dictionary_checksum = ReadChecksum(in);
  return table;
}

}  // namespace

std::string WriteAcxDirectory(const std::vector<AcxPartEntry>& parts) {
  ByteWriter out;
  out.Varint(parts.size());
  for (const AcxPartEntry& part : parts) {
    WriteText(part.header.ecosystem, out);
    out.Varint(part.header.complete ? 1 : 0);
    WriteText(part.header.source, out);
    WriteText(part.header.recorded, out);
    out.Varint(part.package_count);
    out.Varint(part.version_count);
    for (const AcxTableEntry& table : part.tables) WriteTable(table, out);
  }
  return out.Take();
}

absl::StatusOr<std::vector<AcxPartEntry>> ReadAcxDirectory(std::string_view bytes) {
  ByteReader in(bytes);
  const uint64_t count = in.Varint();
  if (count > kAcxPartsMax) {
    return LimitReached("its directory", Cat("at most ", kAcxPartsMax, " parts are read"));
  }
  std::vector<AcxPartEntry> parts;
  for (uint64_t i = 0; i < count && in.ok(); ++i) {
    AcxPartEntry& part = parts.emplace_back();
    part.header.ecosystem = in.Bytes(in.Varint());
    const auto same = [&](const AcxPartEntry& other) {
      return other.header.ecosystem == part.header.ecosystem;
    };
    if (std::any_of(parts.begin(), parts.end() - 1, same)) in.Fail();  // one part an ecosystem
    part.header.complete = in.Varint() != 0;
    part.header.source = in.Bytes(in.Varint());
    part.header.recorded = in.Bytes(in.Varint());
    part.package_count = in.Varint();
    part.version_count = in.Varint();
    for (AcxTableEntry& table : part.tables) table = ReadTable(in);
  }
  if (!in.ok() || !in.AtEnd()) {
    return Missing("its directory", "parts and tables are expected, found other bytes");
  }
  return parts;
}

}  // namespace accord::metadata
