package port

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	bugst "go.bug.st/serial"
)

const (
	minBaud     = 110
	maxBaud     = 4_000_000
	defaultBaud = 9600
)

// serialMode reads the settings of a serial line.
func serialMode(rawQuery string) (mode *bugst.Mode, flow string, err error) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, "", err
	}
	mode, flow = &bugst.Mode{BaudRate: defaultBaud, DataBits: 8}, "xonxoff"
	for _, key := range slices.Sorted(maps.Keys(query)) {
		values := query[key]
		value := values[len(values)-1]
		if key == "flow" {
			flow, err = value, oneOf(value, "none, xonxoff or rtscts", "none", "xonxoff", "rtscts")
		} else {
			err = setMode(mode, key, value)
		}
		if err != nil {
			return nil, "", fmt.Errorf("setting %s=%.40s: %w", key, value, err)
		}
	}
	return mode, flow, nil
}

func setMode(mode *bugst.Mode, key, value string) error {
	switch key {
	case "baud":
		baud, err := strconv.Atoi(value)
		if err != nil || baud < minBaud || baud > maxBaud {
			return fmt.Errorf("invalid rate, want %d to %d", minBaud, maxBaud)
		}
		mode.BaudRate = baud
		return nil
	case "data":
		mode.DataBits, _ = strconv.Atoi(value)
		return oneOf(value, "5, 6, 7 or 8", "5", "6", "7", "8")
	case "parity":
		parities := map[string]bugst.Parity{"odd": bugst.OddParity, "even": bugst.EvenParity}
		mode.Parity = parities[value]
		return oneOf(value, "none, odd or even", "none", "odd", "even")
	case "stop":
		mode.StopBits = map[string]bugst.StopBits{"2": bugst.TwoStopBits}[value]
		return oneOf(value, "1 or 2", "1", "2")
	}
	return errors.New("unknown setting, want baud, data, parity, stop or flow")
}

// oneOf returns an error unless value is one of some words.
func oneOf(value, want string, words ...string) error {
	if slices.Contains(words, value) {
		return nil
	}
	return errors.New("invalid value, want " + want)
}
