// accord serve as its clients see it: a child process, pipes, one message a line.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "engine/sources.h"
#include "engine/why.h"
#include "model/strict_json.h"
#include "wire/pypi_request.h"

namespace accord {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

double Microseconds(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

// One engine, until it goes out of scope.
class Child {
 public:
  Child() {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      execl(ACCORD_BINARY, ACCORD_BINARY, "serve", nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~Child() {
    close(to_);
    close(from_);
    waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void Write(const std::string& bytes) const {
    for (size_t done = 0; done < bytes.size();) {
      const ssize_t wrote = write(to_, bytes.data() + done, bytes.size() - done);
      if (wrote <= 0) std::abort();
      done += static_cast<size_t>(wrote);
    }
  }
  std::string ReadLine() {
    size_t end = read_.find('\n');
    while (end == std::string::npos) {
      std::array<char, 65536> bytes{};
      const ssize_t got = read(from_, bytes.data(), bytes.size());
      if (got <= 0) std::abort();
      read_.append(bytes.data(), static_cast<size_t>(got));
      end = read_.find('\n');
    }
    std::string line = read_.substr(0, end);
    read_.erase(0, end + 1);
    return line;
  }
  json Ask(const std::string& method, const json& params) {
    Write(json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}}.dump() +
          "\n");
    return json::parse(ReadLine()).at("result");
  }
  void Begin() { Ask("initialize", {{"protocolVersions", {1}}, {"roots", {"/"}}}); }
  [[nodiscard]] uint64_t ResidentKib() const {
    std::ifstream status(Cat("/proc/", pid_, "/status"));
    for (std::string word; status >> word;) {
      if (word != "VmRSS:") continue;
      uint64_t kib = 0;
      status >> kib;
      return kib;
    }
    return 0;
  }

 private:
  pid_t pid_ = 0;
  int to_ = -1;
  int from_ = -1;
  std::string read_;
};

std::string CompareFrame(size_t id) {
  return Cat(R"({"jsonrpc":"2.0","id":)", id, R"(,"method":"version/compare","params":)",
             R"({"ecosystem":"pypi","left":"1.0.dev3","right":"1.0rc1"}})", "\n");
}

// From exec to the answer: the first thing that a client waits for.
void InitializeAfterExec(benchmark::State& state) {
  uint64_t idle_kib = 0;
  for (auto _ : state) {
    Child child;
    child.Begin();
    state.PauseTiming();
    idle_kib = child.ResidentKib();
    state.ResumeTiming();
  }
  state.counters["idleKiB"] = static_cast<double>(idle_kib);
}
BENCHMARK(InitializeAfterExec)->UseRealTime()->Unit(benchmark::kMillisecond);

void CompareRoundTrip(benchmark::State& state) {
  Child child;
  child.Begin();
  std::vector<double> times;
  for (auto _ : state) {
    const Clock::time_point begun = Clock::now();
    child.Write(CompareFrame(1));
    benchmark::DoNotOptimize(child.ReadLine());
    times.push_back(Microseconds(Clock::now() - begun));
  }
  std::ranges::sort(times);
  state.counters["p50us"] = times[times.size() / 2];
  state.counters["p99us"] = times[times.size() * 99 / 100];
}
BENCHMARK(CompareRoundTrip)->UseRealTime()->Unit(benchmark::kMicrosecond);

// Requests are written as fast as pipes take them, by a thread of its own.
void ComparePipelined(benchmark::State& state) {
  constexpr size_t kRequests = 20'000;
  Child child;
  child.Begin();
  std::string all;
  for (size_t i = 0; i < kRequests; ++i) all += CompareFrame(i);
  for (auto _ : state) {
    std::thread writer([&] { child.Write(all); });
    for (size_t i = 0; i < kRequests; ++i) benchmark::DoNotOptimize(child.ReadLine());
    writer.join();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kRequests));
}
BENCHMARK(ComparePipelined)->UseRealTime()->Unit(benchmark::kMillisecond);

// ---- A resolve that finds its corpus open, over the protocol and in this process, in turn

json Request(const std::vector<std::string>& requirements) {
  return {{"requirements", requirements}, {"target", {{"python", "3.11"}}}, {"universe", "u1"}};
}

double MedianOf(std::vector<double>& times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

void WarmResolve(benchmark::State& state, const std::string& corpus,
                 const std::vector<std::string>& requirements) {
  Child child;
  child.Begin();
  child.Ask("universe/open", {{"ecosystem", "pypi"}});
  child.Ask("universe/load", {{"universe", "u1"}, {"path", corpus}});
  const json asked = Request(requirements);
  const std::string frame =
      json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "resolve"}, {"params", asked}}.dump() + "\n";
  const absl::StatusOr<engine::Sources> sources = engine::Sources::Open(std::array{corpus}, "pypi");
  const JsonNode params =
      *ParseStrictJson(asked.dump(), "", {.bytes_max = 1'000'000, .depth_max = 10});
  const absl::StatusOr<pypi::ResolveRequest> request = wire::ReadPypiRequest(params, 0);
  std::vector<double> over_the_protocol;
  std::vector<double> in_process;
  for (auto _ : state) {
    Clock::time_point begun = Clock::now();
    child.Write(frame);
    benchmark::DoNotOptimize(child.ReadLine());
    over_the_protocol.push_back(Microseconds(Clock::now() - begun));
    begun = Clock::now();
    benchmark::DoNotOptimize(engine::Explain(*request, sources->all(), {}));
    in_process.push_back(Microseconds(Clock::now() - begun));
  }
  state.counters["protocol_us"] = MedianOf(over_the_protocol);
  state.counters["inProcess_us"] = MedianOf(in_process);
  state.counters["ratio"] = MedianOf(over_the_protocol) / MedianOf(in_process);
}

// Of $ACCORD_BENCH_ACX, a compiled corpus: each FILE.in of the folder $ACCORD_BENCH_REQUESTS, a
// requirement a line.
void RegisterWarmResolves() {
  const char* const corpus = std::getenv("ACCORD_BENCH_ACX");
  const char* const folder = std::getenv("ACCORD_BENCH_REQUESTS");
  if (corpus == nullptr || folder == nullptr) {
    std::cerr << "WarmResolve: skipped: $ACCORD_BENCH_ACX and $ACCORD_BENCH_REQUESTS are not set\n";
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".in") continue;
    std::ifstream file(entry.path());
    std::vector<std::string> requirements;
    for (std::string line; std::getline(file, line);) {
      if (!line.empty() && line.front() != '#' && line.front() != '-') requirements.push_back(line);
    }
    benchmark::RegisterBenchmark(
        Cat("WarmResolve/", entry.path().stem().string()).c_str(),
        [=](benchmark::State& state) { WarmResolve(state, corpus, requirements); })
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace
}  // namespace accord

int main(int argc, char** argv) {
  accord::RegisterWarmResolves();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
