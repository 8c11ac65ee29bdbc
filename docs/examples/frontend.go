// A frontend of `accord serve` in Go: the facts are told as they are wanted.
//
//	go run frontend.go ACCORD
package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
)

//go:embed menu.json
var menu []byte

type object = map[string]any

// What is read of any answer.
type answer struct {
	Error  any
	Result struct {
		Universe, Solve, Status   string
		Wants, Solution, Conflict []struct{ Package, Version, Text string }
	}
}

func main() {
	var index struct{ Packages, Request object }
	json.Unmarshal(menu, &index)
	engine := exec.Command(os.Args[1], "serve")
	stdin, _ := engine.StdinPipe()
	stdout, _ := engine.StdoutPipe()
	if err := engine.Start(); err != nil {
		log.Fatal(err)
	}
	to, from, id := json.NewEncoder(stdin), json.NewDecoder(stdout), 0
	call := func(method string, params object) (got answer) {
		id++
		to.Encode(object{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
		// One call at a time: the next message answers it.
		if err := from.Decode(&got); err != nil || got.Error != nil {
			log.Fatal(method, ": ", err, got.Error)
		}
		return got
	}
	call("initialize", object{"protocolVersions": []int{1}})
	universe := call("universe/open", object{"ecosystem": "plain"}).Result.Universe
	index.Request["universe"], index.Request["mode"] = universe, "needs"
	told := call("resolve", index.Request).Result
	for told.Status == "needs" {
		put, absent := []object{}, []string{}
		for _, want := range told.Wants {
			if facts, known := index.Packages[want.Package].(object); known {
				put = append(put, object{"package": want.Package, "candidates": facts["candidates"]})
			} else {
				absent = append(absent, want.Package)
			}
		}
		call("universe/update", object{"universe": universe, "put": put, "absent": absent})
		told = call("resolve/continue", object{"solve": told.Solve}).Result
	}
	for _, chosen := range told.Solution {
		fmt.Println(chosen.Package, chosen.Version)
	}
	for _, line := range told.Conflict {
		fmt.Println(line.Text)
	}
	if told.Status != "sat" {
		os.Exit(1) // the end of its input ends the engine
	}
}
