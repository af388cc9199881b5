package main

import (
	"errors"
	"fmt"
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
	file, err4 := os.Create("unit.png")
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		log.Fatal(err)
	}
	if err := errors.Join(code.WritePNG(file, 8), file.Close()); err != nil {
		log.Fatal(err)
	}
	fmt.Println("unit.png:", message.HRI())
}
