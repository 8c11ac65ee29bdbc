#include "cli/corpus_command.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "cli/corpus_text.h"
#include "cli/progress_line.h"
#include "wire/corpora_json.h"
#include "wire/documents.h"

namespace accord::cli {
namespace {

constexpr size_t kDifferencesShownMax = 100;

constexpr const char* kCorpusFooter =
    R"(A corpus is facts about packages in a file. Forms that are read:
  compiled            FILE.acx: packages are decompressed when they are asked for
  accord-corpus/1     JSON lines, mostly compressed: FILE.jsonl.zst
  pypi-deps-db        JSON lines of that database
  index pages         a folder of NAME/index.json (PEP 691) with NAME/FILE.metadata (PEP 658)
  repodata            a folder of SUBDIR/repodata.json (conda's; .zst, .bz2) or, with its shards,
                      SUBDIR/repodata_shards.msgpack.zst; or one such file
docs/corpus-format.md has them byte by byte. 'accord corpus build --help' and so on say more.

Exit status: 0 done; 1 'query': a name is not there, 'verify --against': the facts differ;
2 usage, or what cannot be read or written; 3 a limit; 4 the corpus is missing or damaged.)";

constexpr const char* kBuildFooter = R"(Examples:
  accord corpus build pypi.jsonl.zst -o pypi.acx
  accord corpus build mirror/simple -o mirror.acx --source 'our mirror' --recorded 2026-11-25
  accord corpus build new.jsonl old.jsonl -o both.acx --complete
  accord corpus build --ecosystem conda channels/conda-forge -o conda-forge.acx

A conda channel is a folder of subdirs, each with a repodata.json (.zst, .bz2), or else sharded
(CEP 16): a repodata_shards.msgpack.zst and the shards beside or below it. Nothing is fetched.
Of a name that several inputs have the first one counts. Without --source, --recorded and
--complete the header says what the inputs say. Equal facts give equal bytes, whatever --jobs is.)";

constexpr const char* kMergeFooter = R"(Examples:
  accord corpus merge today.acx yesterday.acx -o pypi.acx

Parts of one ecosystem become one: the union of the names, and of a name the first input that has
it. It is complete only if all are. Parts of different ecosystems stay parts of their own.)";

constexpr const char* kInfoFooter = R"(Example:
  accord corpus info pypi.acx

stored and raw are the bytes of a table's blocks, compressed and not. Nothing is decompressed but
what is no compiled corpus.)";

constexpr const char* kQueryFooter = R"(Examples:
  accord corpus query pypi.acx flask
  accord corpus query pypi.acx Flask werkzeug --json

With --json each package is its line of accord-corpus/1. Exit status 1: a name is not there.)";

constexpr const char* kVerifyFooter = R"(Examples:
  accord corpus verify pypi.acx
  accord corpus verify pypi.acx --against pypi.jsonl.zst

Everything is read: checksums, the order of names, every record. Exit status 4: something is
damaged; each place is told, and what is not damaged can still be used. 1: the facts differ.
Nothing is compared with a corpus that is damaged.)";

constexpr const char* kExportFooter = R"(Examples:
  accord corpus export pypi.acx -o pypi.jsonl.zst
  accord corpus export pypi.acx -o few.jsonl.zst --names flask werkzeug

Writes accord-corpus/1. With --names the result is not complete: what is left out exists.)";

bool IsDay(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == '0' ? c >= '0' && c <= '9' : c == form;
         });
}

}  // namespace

CLI::App* CorpusCommand::AddQuestion(CLI::App& command, const char* name, const char* help,
                                     const char* footer) {
  CLI::App* question = command.add_subcommand(name, help);
  question->add_flag("--json", json_, "a JSON document");
  question->footer(footer);
  return question;
}

void CorpusCommand::AddWriting(CLI::App& question) {
  question.add_option("IN", write_.inputs, "corpora of any form")->type_name("")->required();
  question.add_option("-o,--output", write_.output, "FILE: the compiled corpus, replaced if there")
      ->type_name("")
      ->required();
  question.add_option("--level", write_.level, "zstd's, 1 to 22: less is faster and larger")
      ->type_name("")
      ->check(CLI::Range(1, 22))
      ->default_str("19, of conda 12");
  question.add_option("--jobs", write_.jobs, "threads at most; without it as many as cores")
      ->type_name("")
      ->check(CLI::Range(1, 1024));
}

void CorpusCommand::AddBuild(CLI::App& command) {
  build_ = AddQuestion(command, "build", "Compiles corpora of one ecosystem", kBuildFooter);
  AddWriting(*build_);
  build_->add_option("--ecosystem", built_ecosystem_, "whose packages: pypi or conda")
      ->type_name("")
      ->capture_default_str();
  build_
      ->add_option("--channel", write_.channel,
                   "what a conda channel is called; without it as its folder")
      ->type_name("");
  build_->add_option("--source", source_, "where the facts come from, in words")->type_name("");
  build_->add_option("--recorded", recorded_, "the day of the facts: 2026-11-25")->type_name("");
  CLI::Option* complete =
      build_->add_flag("--complete", complete_, "a name that is not there does not exist");
  build_->add_flag("--incomplete", incomplete_, "a name that is not there is unknown")
      ->excludes(complete);
}

void CorpusCommand::AddReading(CLI::App& command) {
  const auto add_file = [&](CLI::App* question) {
    question->add_option("FILE", file_, "a corpus of any form")->type_name("")->required();
  };
  const auto add_ecosystem = [&](CLI::App* question) {
    question->add_option("--ecosystem", ecosystem_, "which part; needed where there are several")
        ->type_name("");
  };
  info_ = AddQuestion(command, "info", "What a corpus says of itself, and its sizes", kInfoFooter);
  add_file(info_);
  query_ = AddQuestion(command, "query", "The facts of packages", kQueryFooter);
  add_file(query_);
  query_->add_option("NAME", names_, "packages, in any spelling")->type_name("")->required();
  add_ecosystem(query_);
  verify_ =
      AddQuestion(command, "verify", "Reads everything and tells what is damaged", kVerifyFooter);
  add_file(verify_);
  verify_->add_option("--against", against_, "FILE: another corpus, whose facts should be the same")
      ->type_name("");
  verify_->add_option("--jobs", write_.jobs, "threads at most; without it as many as cores")
      ->type_name("")
      ->check(CLI::Range(1, 1024));
  CLI::App* written = AddQuestion(command, "export", "Writes accord-corpus/1", kExportFooter);
  add_file(written);
  written->add_option("-o,--output", output_, "FILE: replaced if it is there")
      ->type_name("")
      ->required();
  written->add_option("--names", names_, "NAME...: only these packages")->type_name("");
  add_ecosystem(written);
}

void CorpusCommand::AddTo(CLI::App& command) {
  command.require_subcommand(1);
  AddBuild(command);
  merge_ = AddQuestion(command, "merge", "Several corpora as one", kMergeFooter);
  AddWriting(*merge_);
  AddReading(command);
  command.footer(kCorpusFooter);
}

absl::StatusOr<Reply> CorpusCommand::Run(const Streams& streams) const {
  if (build_->parsed() || merge_->parsed()) return Write(streams);
  if (info_->parsed()) return Info();
  if (query_->parsed()) return Query();
  return verify_->parsed() ? Verify() : Export();
}

absl::StatusOr<Reply> CorpusCommand::Write(const Streams& streams) const {
  engine::CorpusHeaderWishes wishes{.ecosystem = built_ecosystem_};
  if (!source_.empty()) wishes.source = source_;
  if (!recorded_.empty()) wishes.recorded = recorded_;
  if (complete_ || incomplete_) wishes.complete = complete_;
  if (wishes.recorded && !IsDay(recorded_)) {
    return InvalidInput("--recorded",
                        Cat("a day such as 2026-11-25 is wanted, found ", Quoted(recorded_)));
  }
  absl::StatusOr<engine::CorpusDescription> written = [&] {
    ProgressLine line(streams.err, streams.err_is_terminal);
    const auto progress = [&](std::string_view ecosystem, size_t done, size_t of) {
      line.Show(ecosystem, done, of);
    };
    return build_->parsed() ? engine::BuildCorpus(write_, wishes, progress)
                            : engine::MergeCorpora(write_, progress);
  }();
  if (!written.ok()) return written.status();
  return Reply{.text = json_ ? wire::Write(wire::WrittenCorpusDocument(*written, CpuMs()))
                             : WrittenText(*written, CpuMs())};
}

absl::StatusOr<Reply> CorpusCommand::Info() const {
  const auto description = engine::DescribeCorpus(file_);
  if (!description.ok()) return description.status();
  return Reply{.text = json_ ? wire::Write(wire::CorpusDocument(*description))
                             : DescribedText(*description)};
}

absl::StatusOr<Reply> CorpusCommand::Query() const {
  const auto asked = engine::AskCorpus({.path = file_, .ecosystem = ecosystem_}, names_);
  if (!asked.ok()) return asked.status();
  Reply reply{.text = json_ ? std::string() : AskedText(*asked)};
  for (const engine::AskedPackage& package : asked->packages) {
    if (!package.record) {
      reply.status = ExitStatus::kUnsatisfiable;
    } else if (json_) {
      reply.text += engine::CorpusLine(*package.record) + "\n";
    }
  }
  return reply;
}

absl::StatusOr<Reply> CorpusCommand::Verify() const {
  const auto verification = engine::VerifyCorpus(file_, write_.jobs);
  if (!verification.ok()) return verification.status();
  Reply reply;
  std::optional<wire::ComparedCorpus> compared;
  if (!verification->faults.empty()) {
    reply.status = ExitStatus::kMetadata;
  } else if (!against_.empty()) {
    auto comparisons = engine::CompareCorpora(file_, against_, kDifferencesShownMax);
    if (!comparisons.ok()) return comparisons.status();
    const bool same = std::ranges::all_of(
        *comparisons, [](const auto& one) { return one.records.difference_count == 0; });
    if (!same) reply.status = ExitStatus::kUnsatisfiable;
    compared = {.with = against_, .comparisons = *std::move(comparisons)};
  }
  if (json_) {
    reply.text = wire::Write(wire::VerifiedCorpusDocument(*verification, compared));
  } else {
    reply.text = VerifiedText(*verification);
    if (compared) reply.text += ComparedText(compared->comparisons, compared->with);
  }
  return reply;
}

absl::StatusOr<Reply> CorpusCommand::Export() const {
  const auto exported =
      engine::ExportCorpus({.path = file_, .ecosystem = ecosystem_}, names_, output_);
  if (!exported.ok()) return exported.status();
  Reply reply;
  if (!exported->absent.empty()) reply.status = ExitStatus::kUnsatisfiable;
  if (json_) {
    reply.text = wire::Write(wire::ExportedCorpusDocument(*exported, output_));
    return reply;
  }
  reply.text =
      Cat(output_, ": packages: ", exported->packages, ", versions: ", exported->versions, "\n");
  for (const std::string& name : exported->absent) reply.text += Cat(name, ": is not there\n");
  return reply;
}

}  // namespace accord::cli
