// solv_driver: libsolv alone on one request of a conda channel, as a package manager calls it.
//
//   solv_driver json|solv CHANNEL SUBDIR,.. [-v NAME=VERSION=BUILD].. [SPEC..]
//   solv_driver write CHANNEL SUBDIR,..
//
// CHANNEL/SUBDIR/repodata.json is read by repo_add_conda, or CHANNEL/SUBDIR/repodata.solv, the
// cache of it that `write` makes. What -v names is installed and locked: the virtual packages. Each
// SPEC is a job through pool_conda_matchspec. One line of JSON comes out: "status" (sat or unsat),
// "load_us" and "solve_us" (CPU time of reading with indexing, and of jobs with solving) and
// "records" (SUBDIR/FILE). Of unsat no reason is made, which costs less than to make one.
// Exit status: 0 answered, 2 wrong usage, 70 something cannot be read or written.

#include <solv/conda.h>
#include <solv/pool.h>
#include <solv/repo.h>
#include <solv/repo_conda.h>
#include <solv/repo_solv.h>
#include <solv/repo_write.h>
#include <solv/solver.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { kUsage = 2, kFailed = 70, kPathMax = 4096, kFirstWord = 4 };

static long CpuUs(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void Fail(const char* what, const char* why) {
  fprintf(stderr, "solv_driver: %s: %s\n", what, why);
  exit(kFailed);
}

static void Usage(void) {
  fputs("usage: solv_driver json|solv|write CHANNEL SUBDIR,.. [-v N=V=B].. [SPEC..]\n", stderr);
  exit(kUsage);
}

static FILE* Open(const char* channel, const char* subdir, const char* name, const char* how) {
  char path[kPathMax];
  if (snprintf(path, sizeof path, "%s/%s/%s", channel, subdir, name) >= kPathMax) {
    Fail(channel, "too long");
  }
  FILE* file = fopen(path, how);
  if (file == NULL) Fail(path, "cannot be opened");
  return file;
}

// Adds what `word`, NAME=VERSION=BUILD, says to the installed packages.
static void AddVirtual(Repo* installed, char* word) {
  Pool* pool = installed->pool;
  const char* name = strtok(word, "=");
  const char* version = strtok(NULL, "=");
  const char* build = strtok(NULL, "=");
  if (name == NULL || version == NULL || build == NULL) Usage();
  const Id id = repo_add_solvable(installed);
  Solvable* solvable = pool_id2solvable(pool, id);
  solvable->name = pool_str2id(pool, name, 1);
  solvable->evr = pool_str2id(pool, version, 1);
  solvable->arch = ARCH_NOARCH;
  solvable_add_deparray(solvable, SOLVABLE_PROVIDES,
                        pool_rel2id(pool, solvable->name, solvable->evr, REL_EQ, 1), 0);
  repodata_set_poolstr(repo_add_repodata(installed, REPO_REUSE_REPODATA), id, SOLVABLE_BUILDFLAVOR,
                       build);
}

static void LoadSubdir(Pool* pool, const char* channel, const char* subdir, int from_solv) {
  Repo* repo = repo_create(pool, subdir);
  FILE* file = Open(channel, subdir, from_solv ? "repodata.solv" : "repodata.json", "r");
  const int error = from_solv ? repo_add_solv(repo, file, 0) : repo_add_conda(repo, file, 0);
  fclose(file);
  if (error != 0) Fail(subdir, pool_errstr(pool));
  repo_internalize(repo);
}

static void WriteCaches(Pool* pool, const char* channel) {
  Repo* repo = NULL;
  int id = 0;
  FOR_REPOS(id, repo) {
    if (repo == pool->installed) continue;
    FILE* file = Open(channel, repo->name, "repodata.solv", "w");
    if (repo_write(repo, file) != 0 || fclose(file) != 0) Fail(repo->name, "cannot be written");
  }
}

static void PrintText(const char* text) {
  for (; *text != '\0'; ++text) {
    if (*text == '"' || *text == '\\') putchar('\\');
    putchar(*text);
  }
}

static void PrintRecords(Solver* solver) {
  Pool* pool = solver->pool;
  Queue decided;
  queue_init(&decided);
  solver_get_decisionqueue(solver, &decided);
  const char* comma = "";
  for (int i = 0; i < decided.count; ++i) {
    const Id id = decided.elements[i];
    if (id <= SYSTEMSOLVABLE) continue;  // not chosen, or the system itself
    Solvable* solvable = pool_id2solvable(pool, id);
    if (solvable->repo == pool->installed) continue;
    printf("%s\"", comma);
    PrintText(solvable_lookup_location(solvable, NULL));
    putchar('"');
    comma = ",";
  }
  queue_free(&decided);
}

static void Solve(Pool* pool, char** specs, int count, long started, long loaded) {
  Queue jobs;
  queue_init(&jobs);
  for (int i = 0; i < count; ++i) {
    const Id spec = pool_conda_matchspec(pool, specs[i]);
    if (spec == 0) Fail(specs[i], "no match specifier");
    queue_push2(&jobs, SOLVER_INSTALL | SOLVER_SOLVABLE_PROVIDES, spec);
  }
  Id id = 0;
  Solvable* solvable = NULL;
  FOR_REPO_SOLVABLES(pool->installed, id, solvable) {
    queue_push2(&jobs, SOLVER_LOCK | SOLVER_SOLVABLE, id);
  }
  Solver* solver = solver_create(pool);
  solver_set_flag(solver, SOLVER_FLAG_STRICT_REPO_PRIORITY, 1);
  const int problems = solver_solve(solver, &jobs);
  const long solved = CpuUs();
  printf("{\"status\":\"%s\",\"load_us\":%ld,\"solve_us\":%ld,\"records\":[",
         problems == 0 ? "sat" : "unsat", loaded - started, solved - loaded);
  if (problems == 0) PrintRecords(solver);
  puts("]}");
}

int main(int count, char** words) {
  if (count < kFirstWord) Usage();
  const char* mode = words[1];
  const char* channel = words[2];
  const int writes = strcmp(mode, "write") == 0;
  const int from_solv = strcmp(mode, "solv") == 0;
  if (!writes && !from_solv && strcmp(mode, "json") != 0) Usage();
  const long started = CpuUs();
  Pool* pool = pool_create();
  pool_setdisttype(pool, DISTTYPE_CONDA);
  Repo* installed = repo_create(pool, "installed");
  int at = kFirstWord;
  for (; at + 1 < count && strcmp(words[at], "-v") == 0; at += 2) {
    AddVirtual(installed, words[at + 1]);
  }
  repo_internalize(installed);
  pool_set_installed(pool, installed);
  for (char* subdir = strtok(words[3], ","); subdir != NULL; subdir = strtok(NULL, ",")) {
    LoadSubdir(pool, channel, subdir, from_solv);
  }
  if (writes) {
    WriteCaches(pool, channel);
    return 0;
  }
  pool_createwhatprovides(pool);
  Solve(pool, words + at, count - at, started, CpuUs());
  return 0;  // the pool goes with the process
}
