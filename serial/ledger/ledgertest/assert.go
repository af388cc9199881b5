package ledgertest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// The functions of this file end a test that isn't as it should be. Each takes a remark that its
// message begins with.

func noError(t testing.TB, err error, remark ...any) {
	t.Helper()
	if err != nil {
		t.Fatalf("%sunexpected error: %v", say(remark), err)
	}
}

func errorIs(t testing.TB, err, target error, remark ...any) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("%serror is %v, want %v", say(remark), err, target)
	}
}

func errorContains(t testing.TB, err error, text string, remark ...any) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Fatalf("%serror is %v, want one with %q", say(remark), err, text)
	}
}

func equal[T any](t testing.TB, want, got T, remark ...any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%sgot %v, want %v", say(remark), got, want)
	}
}

func isTrue(t testing.TB, ok bool, remark ...any) {
	t.Helper()
	if !ok {
		t.Fatal(strings.TrimSuffix(say(remark), ": "))
	}
}

func say(remark []any) string {
	if len(remark) == 0 {
		return ""
	}
	return fmt.Sprint(remark...) + ": "
}
