// How much a corpus file may ask of us. Reaching one is a typed answer (LimitReached), never a
// crash.
#pragma once

#include <cstddef>
#include <cstdint>

namespace accord::metadata {

inline constexpr size_t kFileBytesMax = size_t{512} << 20;  // as it lies on the disk
inline constexpr size_t kTextBytesMax = size_t{2} << 30;    // decompressed
inline constexpr size_t kLineBytesMax = size_t{64}
                                        << 20;           // one record; the largest seen has 1.1 MB
inline constexpr size_t kRecordsMax = size_t{16} << 20;  // lines after the header
inline constexpr int kWindowLogMax = 27;                 // zstd --long=27

// A compiled record, written out as the record that it was: its texts say a thing as often as the
// record does, so few bytes can mean many. Counted with what a text and a file take in memory.
inline constexpr size_t kRecordBytesMax = size_t{512} << 20;

struct CorpusLimits {
  size_t file_bytes_max = kFileBytesMax;
  size_t text_bytes_max = kTextBytesMax;
  size_t line_bytes_max = kLineBytesMax;
  size_t records_max = kRecordsMax;
};

}  // namespace accord::metadata
