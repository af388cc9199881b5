package main

import (
	"errors"
	"log"
	"os"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/serial"
)

func main() {
	number, err1 := serial.MustCompile("{index:8 crockford}{check}").Format(serial.Fields{}, 4711)
	message, err2 := gs1.Parse("(01)09506000134352(17)291120(10)L2647A(21)" + number)
	code, err3 := symbol.GS1DataMatrix(message)
	if err := errors.Join(err1, err2, err3); err != nil {
		log.Fatal(err)
	}
	log.Println(message.HRI())
	if err := code.WritePNG(os.Stdout, 8); err != nil {
		log.Fatal(err)
	}
}
