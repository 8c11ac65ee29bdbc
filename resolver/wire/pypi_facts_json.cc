#include "wire/pypi_facts_json.h"

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "wire/fields.h"
#include "wire/params.h"
#include "wire/plain_json.h"

namespace accord::wire {
namespace {

using engine::PypiFileRecord;
using nlohmann::json;

class PypiUpdateReader {
 public:
  absl::StatusOr<engine::PypiUpdate> Read(const JsonNode& node) {
    Params params(&node, "", status_);
    params.ForEach("put", [&](const JsonNode& put, const std::string& at) { ReadPut(put, at); });
    ReadNames(params, "drop", update_.drop);
    ReadNames(params, "absent", update_.absent);
    params.ForEach(field::kError, [&](const JsonNode& one, const std::string& at) {
      Params error(&one, at, status_);
      update_.errors.push_back({.package = error.Text(field::kPackage),
                                .reason = error.Text(field::kReason),
                                .place = at});
    });
    if (!status_.ok()) return status_;
    return std::move(update_);
  }

 private:
  void ReadPut(const JsonNode& node, const std::string& at) {
    Params put(&node, at, status_);
    const std::string package = put.Text(field::kPackage);
    if (put.Has(field::kFiles)) {
      engine::PypiList& list = update_.put.emplace_back();
      list.package = package;
      list.place = at;
      put.ForEach(field::kFiles, [&](const JsonNode& file, const std::string& where) {
        list.files.push_back(ReadFile(Params(&file, where, status_)));
      });
    } else if (!put.Has("metadata")) {
      put.Refuse(at, "'files' or 'metadata' expected");
    }
    put.ForEach("metadata", [&](const JsonNode& one, const std::string& where) {
      ReadMetadata(Params(&one, where, status_), package, where);
    });
  }

  static PypiFileRecord ReadFile(Params object) {
    PypiFileRecord file;
    file.name = object.Text("filename");
    if (file.name.find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
      object.Refuse(object.PointerTo("filename"),
                    Cat("a name without '/' is wanted, found ", Quoted(file.name)));
    }
    file.url = object.TextOr(field::kUrl);
    file.size = object.Count(field::kSize);
    file.uploaded = engine::PypiUploadTime(object.TextOr("upload-time"));
    file.requires_language = object.TextOr("requires-python");
    file.sha256 = object.Object("hashes").TextOr("sha256");
    const JsonNode* const yanked = object.Find("yanked");
    if (yanked != nullptr && yanked->kind == JsonNode::Kind::kText) {
      file.yanked = true;
      file.yanked_reason = yanked->text;
    } else {
      file.yanked = object.BoolOr("yanked", false);
    }
    return file;
  }

  void ReadMetadata(Params object, const std::string& package, const std::string& at) {
    engine::PypiText& said = update_.metadata.emplace_back();
    said.package = package;
    said.file = object.Text(field::kFile);
    said.text = object.TextOr(field::kText);
    said.built = object.BoolOr("built", false);
    said.place = at;
    if (object.Has(field::kError)) said.unknown = object.TextOr(field::kError);
    if (object.Has(field::kText) == object.Has(field::kError)) {
      object.Refuse(at, "one of 'text' and 'error' expected");
    }
  }

  static void ReadNames(Params& params, std::string_view key,
                        std::vector<engine::PypiName>& names) {
    params.ForEach(key, [&](const JsonNode& name, const std::string& at) {
      names.push_back({.package = params.TextAt(name, at), .reason = {}, .place = at});
    });
  }

  absl::Status status_;
  engine::PypiUpdate update_;
};

json FileJson(const engine::PypiPackage& package, const std::string& file) {
  json object = {{"filename", file}};
  const auto said = package.metadata.find(file);
  if (said == package.metadata.end()) {
    object["pending"] = true;
  } else if (said->second->record == nullptr) {
    object["unknown"] = said->second->unknown_because;
  }
  return object;
}

}  // namespace

absl::StatusOr<engine::PypiUpdate> ReadPypiUpdate(const JsonNode& params) {
  return PypiUpdateReader().Read(params);
}

json PypiPackageJson(std::string_view name, const engine::PypiFacts& facts) {
  const engine::PypiPackage* const package = engine::FindPackage(facts, name);
  json object = StateJson(name, package);
  if (package == nullptr || package->knowledge != Knowledge::kKnown) return object;
  json& candidates = object["candidates"] = json::array();
  for (const engine::PypiVersion& version : package->files->Versions()) {
    json files = json::array();
    for (const std::string& file : version.files) files.push_back(FileJson(*package, file));
    candidates.push_back({{field::kVersion, version.version}, {field::kFiles, std::move(files)}});
  }
  return object;
}

}  // namespace accord::wire
