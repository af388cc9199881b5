package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A pkg is a package whose tests are measured.
type pkg struct {
	Dir        string
	ImportPath string
	GoFiles    []string

	fset   *token.FileSet
	files  []sourceFile
	listed map[string]string // reasons by the faults' keys
}

type sourceFile struct {
	name   string // absolute
	source []byte
	syntax *ast.File
}

// load reads a package and makes sure that its tests pass as it is.
func load(name string) (*pkg, error) {
	out, err := exec.Command("go", "list", "-json=Dir,ImportPath,GoFiles", name).Output()
	if err != nil {
		return nil, err
	}
	p := &pkg{fset: token.NewFileSet()}
	if err := json.Unmarshal(out, p); err != nil {
		return nil, err
	}
	for _, base := range p.GoFiles {
		if err := p.parse(filepath.Join(p.Dir, base)); err != nil {
			return nil, err
		}
	}
	if p.listed, err = readList(filepath.Join(p.Dir, "testdata", "survivors.txt")); err != nil {
		return nil, err
	}
	if out, err := exec.Command("go", "test", "-short", p.ImportPath).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the tests fail without a fault:\n%s", out)
	}
	return p, nil
}

func (p *pkg) parse(name string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	mode := parser.ParseComments | parser.SkipObjectResolution
	file, err := parser.ParseFile(p.fset, name, source, mode)
	if err != nil {
		return err
	}
	if !ast.IsGenerated(file) {
		p.files = append(p.files, sourceFile{name, source, file})
	}
	return nil
}

// readList reads the faults that are known to have no effect.
func readList(name string) (map[string]string, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	listed := map[string]string{}
	for i, line := range strings.Split(string(text), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, reason, ok := strings.Cut(line, " # ")
		if !ok || reason == "" {
			return nil, fmt.Errorf(`%s:%d: want a fault, " # " and why it has no effect`, name, i+1)
		}
		listed[strings.TrimSpace(key)] = reason
	}
	return listed, err
}

type outcome int

const (
	survived outcome = iota
	dead
	invalid // it doesn't compile
)

// run tests the package with a fault, and its neighbors if it survives that.
func (p *pkg) run(f fault, o options) (outcome, error) {
	work, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	overlay, err := p.overlay(work, f)
	if err != nil {
		return 0, err
	}
	tested := []string{p.ImportPath}
	if o.neighbors != "" {
		tested = append(tested, strings.Split(o.neighbors, ",")...)
	}
	for _, name := range tested {
		result, err := test(overlay, name, o.timeout)
		if err != nil || result != survived {
			return result, err
		}
	}
	return survived, nil
}

// overlay writes the faulty file and the file that has the go command use it.
func (p *pkg) overlay(work string, f fault) (string, error) {
	source, err := os.ReadFile(f.file)
	if err != nil {
		return "", err
	}
	faulty := filepath.Join(work, "faulty.go")
	text := string(source[:f.from]) + f.text + string(source[f.to:])
	if err := os.WriteFile(faulty, []byte(text), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {f.file: faulty}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(work, "overlay.json")
	return name, os.WriteFile(name, list, 0o600)
}

// test builds and runs the tests of a package. What takes too long counts as killed.
func test(overlay, name string, timeout time.Duration) (outcome, error) {
	var out bytes.Buffer
	args := []string{
		"go", "test", "-overlay", overlay, "-short", "-failfast", "-vet=off", "-count=1",
		"-timeout", timeout.String(), name,
	}
	if runtime.GOOS != "windows" { // a fault may ask for memory without end
		args = append([]string{"sh", "-c", `ulimit -v 8388608 && exec "$0" "$@"`}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	switch {
	case err == nil:
		return survived, nil
	case strings.Contains(out.String(), "[build failed]"),
		strings.Contains(out.String(), "[setup failed]"):
		return invalid, nil
	}
	if _, ok := errors.AsType[*exec.ExitError](err); !ok {
		return 0, err
	}
	return dead, nil
}
