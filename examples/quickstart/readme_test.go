package main

import (
	"testing"

	"github.com/gonameplate/nameplate/internal/readme"
)

func TestREADMEOfExample(t *testing.T) { readme.Check(t) }
