// What is wrong in a repodata document is told with its place; each limit is reached above it.
#include "documents.h"

namespace accord::conda {
namespace {

constexpr auto kDamaged = absl::StatusCode::kNotFound;
constexpr auto kLimit = absl::StatusCode::kResourceExhausted;

absl::Status StatusOf(std::string_view text, const RepodataLimits& limits = {}) {
  RepodataTable table("channel");
  return ReadInto(table, text, limits);
}

TEST(RepodataErrors, AFieldOfTheWrongKindIsNamedByPointer) {
  const auto expect = [](std::string_view fields, std::string_view message) {
    ExpectStatus(StatusOf(WithFields(fields)), kDamaged,
                 Cat("doc.json: /packages.conda/a-1-0.conda", message));
  };
  expect(R"("name":1)", "/name: a text is expected, found a number");
  expect(R"("version":[])", "/version: a text is expected, found an array");
  expect(R"("build":0)", "/build: a text is expected, found a number");
  expect(R"("build_number":-1)", "/build_number: a whole number that is not negative");
  expect(R"("build_number":"0")", "/build_number: a whole number that is not negative");
  expect(R"("depends":"b")", "/depends: an array of texts is expected, found a text");
  expect(R"("depends":["b",2])", "/depends/1: a text is expected, found a number");
  expect(R"("constrains":{})", "/constrains: an array of texts is expected, found an object");
  expect(R"("extra_depends":[])", "/extra_depends: an object of arrays of texts is expected");
  expect(R"("extra_depends":{"x/y":[1]})", "/extra_depends/x~1y/0: a text is expected");
  expect(R"("extra_depends":{"x":[],"x":[]})", "/extra_depends: each name once is expected");
  expect(R"("size":1.5)", "/size: a whole number");
  expect(R"("timestamp":"now")", "/timestamp: a whole number");
  expect(R"("timestamp":253402300800000)", "/timestamp: a time before the year 10000");
  expect(R"("md5":"00")", "/md5: 32 hexadecimal digits are expected, found '00'");
  expect(R"("sha256":5)", "/sha256: a text is expected");
  expect(R"("noarch":1)", "/noarch: a text or a boolean is expected");
  expect(R"("flags":{})", "/flags: a text or an array of texts is expected");
  expect(R"("license":[)", ": damaged JSON");
}

TEST(RepodataErrors, ARecordNeedsANameAndAVersion) {
  const auto expect = [](std::string_view record, std::string_view message) {
    ExpectStatus(StatusOf(Cat(R"({"packages":{"f":)", record, "}}")), kDamaged,
                 Cat("doc.json: /packages/f", message));
  };
  expect(R"({"version":"1"})", "/name: a package's name is expected, found ''");
  expect(R"({"name":"a\"b","version":"1"})", "/name: a package's name is expected");
  expect(R"({"name":"a b","version":"1"})", "/name: a package's name is expected");
  expect(R"({"name":"a"})", "/version: a version is expected, found nothing");
  expect(R"({"name":"a","version":""})", "/version: a version is expected");
  expect("[]", ": an object is expected, found an array");
}

TEST(RepodataErrors, AFileNeedsAName) {
  const auto expect = [](std::string_view key, std::string_view message) {
    ExpectStatus(StatusOf(Cat(R"({"packages":{")", key, R"(":{"name":"a","version":"1"}}})")),
                 kDamaged, message);
  };
  expect("", "doc.json: /packages/: a file's name is expected, found ''");
  expect("a/b.conda", "doc.json: /packages/a~1b.conda: a file's name is expected, found 'a/b'");
  expect(".conda", "a file's name is expected, found ''");
}

TEST(RepodataErrors, DocumentsAreObjectsOfObjects) {
  ExpectStatus(StatusOf("[]"), kDamaged, "doc.json: an object is expected");
  ExpectStatus(StatusOf(R"({"packages":[]})"), kDamaged, "doc.json: /packages: an object");
  ExpectStatus(StatusOf(R"({"v3":{"whl":7}})"), kDamaged, "doc.json: /v3/whl: an object");
  ExpectStatus(StatusOf(R"({"info":[]})"), kDamaged, "doc.json: /info: an object is expected");
  ExpectStatus(StatusOf(R"({"info":{"subdir":1}})"), kDamaged, "/info/subdir: a text is expected");
  ExpectStatus(StatusOf(R"({"removed":{}})"), kDamaged, "/removed: an array of texts");
  ExpectStatus(StatusOf(R"({"removed":["a",1]})"), kDamaged, "/removed/1: a text is expected");
  ExpectStatus(StatusOf("{} {}"), kDamaged, "nothing is expected behind the document");
}

TEST(RepodataErrors, ADocumentThatEndsTooEarlyIsDamaged) {
  const std::string whole = WithFields(R"("depends":["b"])");
  for (size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(StatusOf(whole.substr(0, size)).code(), kDamaged) << size;
  }
  EXPECT_TRUE(StatusOf(whole).ok());
}

TEST(RepodataErrors, EachLimitIsReachedExactlyAboveIt) {
  const std::string one = WithFields(R"("depends":["b","c"],"flags":"f g")");
  EXPECT_TRUE(StatusOf(one, {.document_bytes_max = one.size()}).ok());
  ExpectStatus(StatusOf(one, {.document_bytes_max = one.size() - 1}), kLimit,
               Cat("doc.json: texts may have at most ", one.size() - 1, " bytes"));
  EXPECT_TRUE(StatusOf(one, {.list_max = 2}).ok());
  ExpectStatus(StatusOf(one, {.list_max = 1}), kLimit, "/depends: at most 1 are read");
  ExpectStatus(StatusOf(WithFields(R"("flags":"f g")"), {.list_max = 1}), kLimit, "/flags");
  ExpectStatus(StatusOf(WithFields(R"("extra_depends":{"a":[],"b":[]})"), {.list_max = 1}), kLimit,
               "/extra_depends: at most 1 are read");
  EXPECT_TRUE(StatusOf(one, {.records_max = 1}).ok());
  ExpectStatus(StatusOf(one, {.records_max = 0}), kLimit, "doc.json: at most 0 records are read");
  EXPECT_TRUE(StatusOf(one, {.name_bytes_max = 1}).ok());
  ExpectStatus(StatusOf(one, {.name_bytes_max = 0}), kLimit, "/name: a name may have at most 0");
  const size_t record_bytes = one.find("}}}") - one.find(R"({"name")") + 1;
  EXPECT_TRUE(StatusOf(one, {.value_bytes_max = record_bytes}).ok());
  ExpectStatus(StatusOf(one, {.value_bytes_max = record_bytes - 1}), kLimit,
               Cat("a value may have at most ", record_bytes - 1, " bytes"));
}

TEST(RepodataErrors, SubdirsHaveALimit) {
  const TemporaryFolder folder;
  folder.Write("linux-64/repodata.json", "{}");
  folder.Write("noarch/repodata.json", "{}");
  EXPECT_TRUE(Repodata::Open(folder.path(), "", {.documents_max = 2}).ok());
  ExpectStatus(Repodata::Open(folder.path(), "", {.documents_max = 1}).status(), kLimit,
               "at most 1 subdirs are read");
}

}  // namespace
}  // namespace accord::conda
