// Numbers and texts in compiled records: LEB128 varints, columns of one width, texts by length.
// A reader of outside bytes never fails halfway: past the first wrong byte it reads zeros and
// empty texts, and ok() says so once at the end. For this folder.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accord::metadata {

static_assert(std::endian::native == std::endian::little, "columns are read as they lie there");

// `size` whole numbers of 1, 2 or 4 bytes each, little-endian, inside bytes that outlive it.
class Column {
 public:
  Column() = default;
  Column(const char* bytes, uint32_t size, uint8_t width)
      : bytes_(bytes), size_(size), width_(width) {}

  [[nodiscard]] uint32_t size() const { return size_; }
  [[nodiscard]] uint32_t operator[](size_t i) const {
    if (width_ == 1) return static_cast<uint8_t>(bytes_[i]);
    uint32_t value = 0;
    std::memcpy(&value, bytes_ + i * width_, width_ == 2 ? 2 : 4);
    return value;
  }
  // Part of it; the caller keeps inside.
  [[nodiscard]] Column Slice(uint32_t begin, uint32_t count) const {
    return {bytes_ + size_t{begin} * width_, count, width_};
  }
  // Calls each(number) for all of them: the width is looked at once.
  template <class Each>
  void ForEach(Each each) const {
    if (width_ == 1) {
      for (uint32_t i = 0; i < size_; ++i) each(uint32_t{static_cast<uint8_t>(bytes_[i])});
    } else if (width_ == 2) {
      ForEachOf<uint16_t>(each);
    } else {
      ForEachOf<uint32_t>(each);
    }
  }
  [[nodiscard]] bool AllBelow(uint32_t bound) const {
    bool all = true;
    ForEach([&](uint32_t number) { all &= number < bound; });
    return all;
  }

 private:
  template <class Number, class Each>
  void ForEachOf(Each each) const {
    for (uint32_t i = 0; i < size_; ++i) {
      Number number;
      std::memcpy(&number, bytes_ + size_t{i} * sizeof number, sizeof number);
      each(uint32_t{number});
    }
  }

  const char* bytes_ = nullptr;
  uint32_t size_ = 0;
  uint8_t width_ = 1;
};

// Bits, the lowest of each byte first.
class Bitmap {
 public:
  Bitmap() = default;
  explicit Bitmap(const char* bytes) : bytes_(bytes) {}
  [[nodiscard]] bool operator[](size_t i) const { return (bytes_[i / 8] >> (i % 8) & 1) != 0; }

 private:
  const char* bytes_ = nullptr;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool AtEnd() const { return rest_.empty(); }
  void Fail() {
    ok_ = false;
    rest_ = {};
  }

  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }
  // How many of something that takes at least one bit of what is left.
  uint32_t Count() {
    const uint64_t count = Varint();
    if (count / 8 > rest_.size()) Fail();
    return ok_ ? static_cast<uint32_t>(count) : 0;
  }
  std::string_view Bytes(uint64_t size) {
    if (size > rest_.size()) {
      Fail();
      return {};
    }
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  Column ReadColumn(uint32_t size) {
    if (size == 0) return {};
    const std::string_view width = Bytes(1);
    if (width.empty() || (width[0] != 1 && width[0] != 2 && width[0] != 4)) {
      Fail();
      return {};
    }
    const auto bytes_each = static_cast<uint8_t>(width[0]);
    const std::string_view bytes = Bytes(uint64_t{size} * bytes_each);
    return ok_ ? Column(bytes.data(), size, bytes_each) : Column();
  }
  Bitmap ReadBitmap(uint32_t size) { return Bitmap(Bytes((size + 7) / 8).data()); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

class ByteWriter {
 public:
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  void Bytes(std::string_view bytes) { bytes_.append(bytes); }
  void Column(std::span<const uint32_t> values) {
    if (values.empty()) return;
    const uint32_t most = *std::max_element(values.begin(), values.end());
    const size_t width = most <= UINT8_MAX ? 1 : most <= UINT16_MAX ? 2 : 4;
    bytes_.push_back(static_cast<char>(width));
    for (const uint32_t value : values) {
      bytes_.append(reinterpret_cast<const char*>(&value), width);
    }
  }
  void Bitmap(const std::vector<bool>& bits) {
    std::string packed((bits.size() + 7) / 8, '\0');
    for (size_t i = 0; i < bits.size(); ++i) {
      if (bits[i]) packed[i / 8] = static_cast<char>(packed[i / 8] | 1 << (i % 8));
    }
    bytes_ += packed;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace accord::metadata
