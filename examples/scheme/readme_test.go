package main

import (
	"testing"

	"github.com/gonameplate/nameplate/internal/readme"
)

func TestREADME(t *testing.T) { readme.Check(t) }
