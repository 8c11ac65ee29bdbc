// See facts_encode.h; the layout stands in facts.cc.
#include "metadata/facts_encode.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"
#include "metadata/bytes.h"
#include "metadata/text_table.h"

namespace accord::metadata {
namespace {

// Distinct lists of numbers, in the order of their first use.
class ListTable {
 public:
  uint32_t Add(std::vector<uint32_t> list) {
    const auto [entry, is_new] =
        numbers_.try_emplace(std::move(list), static_cast<uint32_t>(lists_.size()));
    if (is_new) lists_.push_back(&entry->first);
    return entry->second;
  }
  [[nodiscard]] const std::vector<const std::vector<uint32_t>*>& lists() const { return lists_; }

  void Write(ByteWriter& out) const {
    std::vector<uint32_t> lengths;
    std::vector<uint32_t> values;
    for (const std::vector<uint32_t>* list : lists_) {
      lengths.push_back(static_cast<uint32_t>(list->size()));
      values.insert(values.end(), list->begin(), list->end());
    }
    out.Varint(lists_.size());
    out.Column(lengths);
    out.Varint(values.size());
    out.Column(values);
  }

 private:
  std::vector<const std::vector<uint32_t>*> lists_;
  std::map<std::vector<uint32_t>, uint32_t> numbers_;
};

class Encoding {
 public:
  Encoding(const PackageRecord& record, const Grammar& grammar)
      : record_(record), grammar_(grammar), order_(grammar.Order(record.versions)) {
    version_order_ = order_.ordered;
    version_order_.insert(version_order_.end(), order_.others.begin(), order_.others.end());
    ACCORD_CHECK(version_order_.size() == record.versions.size());
  }

  EncodedFacts Encode() {
    NumberRequirements();
    AddMetadata();
    ByteWriter out;
    WriteVersions(out);
    for (const TextTable* texts :
         {&unknown_, &languages_, &extras_, &names_, &middles_, &markers_}) {
      WriteTexts(texts->texts(), out);
    }
    WriteRequirements(out);
    WriteLists(out);
    out.Varint(language_.size());
    for (const auto* column : {&language_, &extra_list_, &requirement_list_}) out.Column(*column);
    const bool has_files = std::any_of(record_.versions.begin(), record_.versions.end(),
                                       [](const VersionRecord& v) { return !v.files.empty(); });
    out.Varint(has_files ? 1 : 0);
    WriteAttributes(out);
    EncodedFacts encoded{.facts = out.Take(), .files = {}, .version_order = {}};
    if (has_files) encoded.files = EncodeFiles(record_, version_order_, grammar_);
    encoded.version_order = std::move(version_order_);
    return encoded;
  }

 private:
  // Their order is that of the texts.
  void NumberRequirements() {
    for (const MetadataRecord& metadata : record_.metadata) {
      for (const std::string& text : metadata.requirements) requirements_.push_back(text);
    }
    std::sort(requirements_.begin(), requirements_.end());
    requirements_.erase(std::unique(requirements_.begin(), requirements_.end()),
                        requirements_.end());
    for (const std::string_view text : requirements_) {
      const RequirementCut cut = grammar_.CutRequirement(text);
      ACCORD_CHECK(cut.name.size() + cut.middle.size() + cut.marker.size() == text.size());
      name_.push_back(names_.Add(cut.name));
      middle_.push_back(middles_.Add(cut.middle));
      marker_.push_back(markers_.Add(cut.marker));
      plain_.push_back(cut.plain);
    }
  }

  void AddMetadata() {
    for (const MetadataRecord& metadata : record_.metadata) {
      std::vector<uint32_t> needs;
      for (const std::string& text : metadata.requirements) {
        const auto at = std::lower_bound(requirements_.begin(), requirements_.end(), text);
        needs.push_back(static_cast<uint32_t>(at - requirements_.begin()));
      }
      std::sort(needs.begin(), needs.end());
      needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
      requirement_list_.push_back(requirement_lists_.Add(std::move(needs)));
      std::vector<uint32_t> extras;
      for (const std::string& extra : metadata.extras) extras.push_back(extras_.Add(extra));
      extra_list_.push_back(extra_lists_.Add(std::move(extras)));
      language_.push_back(languages_.Add(metadata.requires_language));
    }
  }

  void WriteVersions(ByteWriter& out) {
    std::vector<std::string_view> texts;
    std::vector<uint32_t> lengths;
    std::vector<uint32_t> said;
    for (const uint32_t i : version_order_) {
      const VersionRecord& version = record_.versions[i];
      texts.push_back(version.version);
      const uint32_t of = version.metadata ? *version.metadata
                                           : static_cast<uint32_t>(record_.metadata.size()) +
                                                 unknown_.Add(version.unknown_because);
      if (said.empty() || said.back() != of) {
        said.push_back(of);
        lengths.push_back(0);
      }
      ++lengths.back();
    }
    out.Varint(order_.ordered.size());
    WriteTexts(texts, out);
    out.Bitmap(order_.prerelease);
    out.Varint(said.size());
    out.Column(lengths);
    out.Column(said);
  }

  void WriteRequirements(ByteWriter& out) const {
    out.Varint(requirements_.size());
    for (const auto* column : {&name_, &middle_, &marker_}) out.Column(*column);
    out.Bitmap(plain_);
  }

  void WriteLists(ByteWriter& out) const {
    requirement_lists_.Write(out);
    std::vector<bool> plain;
    for (const std::vector<uint32_t>* list : requirement_lists_.lists()) {
      plain.push_back(
          std::all_of(list->begin(), list->end(), [&](uint32_t i) { return plain_[i]; }));
    }
    out.Bitmap(plain);
    extra_lists_.Write(out);
  }

  // Nothing if no version has any.
  void WriteAttributes(ByteWriter& out) const {
    struct Texts {
      TextTable table;
      std::vector<uint32_t> numbers;
    };
    std::map<std::string_view, Texts> by_key;
    for (size_t at = 0; at < version_order_.size(); ++at) {
      for (const auto& [key, text] : record_.versions[version_order_[at]].attributes) {
        Texts& texts = by_key[key];
        texts.numbers.resize(version_order_.size());
        texts.numbers[at] = 1 + texts.table.Add(text);
      }
    }
    if (by_key.empty()) return;
    out.Varint(by_key.size());
    for (const auto& [key, texts] : by_key) {
      out.Varint(key.size());
      out.Bytes(key);
      WriteTexts(texts.table.texts(), out);
      out.Column(texts.numbers);
    }
  }

  const PackageRecord& record_;
  const Grammar& grammar_;
  const VersionOrder order_;
  std::vector<uint32_t> version_order_;
  std::vector<std::string_view> requirements_;
  TextTable unknown_, languages_, extras_, names_, middles_, markers_;
  std::vector<uint32_t> name_, middle_, marker_;
  std::vector<bool> plain_;
  ListTable requirement_lists_, extra_lists_;
  std::vector<uint32_t> language_, extra_list_, requirement_list_;
};

}  // namespace

EncodedFacts EncodeFacts(const PackageRecord& record, const Grammar& grammar) {
  return Encoding(record, grammar).Encode();
}

}  // namespace accord::metadata
