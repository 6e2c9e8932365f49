package main

import "strings"

// perRound is how many requests an iteration of workloads b and c has.
const perRound = 10

// atOnce is how many folders workload p has, all of them run at once, and perFolder how many requests are in each.
const (
	atOnce    = 8
	perFolder = 5
)

// oneFolder is the variant that runs one folder of workload p.
const oneFolder = "one folder"

// paymentBody is what they send.
const paymentBody = `{"amount":{"currency":"NOK","value":49900},"paymentMethod":{"type":"WALLET"},"customer":{"phoneNumber":"4712345678"},` +
	`"reference":"{{reference}}","userFlow":"WEB_REDIRECT","returnUrl":"https://shop.example.com/{{reference}}","paymentDescription":"Two pairs of socks"}`

// A workload is one thing that all runners do.
type workload struct {
	letter     string
	what       string
	kind       kind
	iterations int // or rows
	rows       bool
	quick      bool // short enough for every runner to run every round
	targets    []target
}

// kind is which collection a workload runs.
type kind int

const (
	plain kind = iota
	payments
	big
	libraries
	heavy
	folders
)

// A target is one of those of the design. Ratio compares wall times.
type target struct {
	against string  // the runner; empty for a limit of memory
	faster  float64 // it takes at least so many times our time
	slower  float64 // or we at most so many times its time
	peak    float64 // MB
}

// computes reports whether a workload needs the libraries of Postman, which only its runners have.
func (w workload) computes() bool { return w.kind == libraries || w.kind == heavy }

// memory reports whether a workload is there for its peak alone.
func (w workload) memory() bool { return w.letter[0] == 'm' }

// name is the file name of a workload's inputs.
func (w workload) name() string { return w.letter }

// path is what its requests ask for.
func (w workload) path() string {
	return [...]string{"/plain", "/payments", "/big", "/plain", "/plain", "/slow"}[w.kind]
}

// workloads are those whose letters are in only; the long ones are short unless full, and memory is looked at up to so
// many rows.
func workloads(full bool, only string, rows int) []workload {
	n := func(short, long int) int {
		if full {
			return long
		}
		return short
	}
	ahead := func(runner string) target { return target{against: runner, faster: 1} }
	all := []workload{
		{"a", "one GET", plain, 1, false, true, []target{{against: "newman", faster: 40}, ahead("hurl")}},
		{"b", "10 payments with a pre-request script and 3 assertions each", payments, 1, false, true, []target{{against: "newman", faster: 45}, ahead("hurl")}},
		{"c", "those 10 payments, over and over", payments, n(100, 1000), false, false, []target{{against: "bare", slower: 1.6}, {against: "newman", faster: 55}, ahead("hurl"), ahead("k6"), {peak: 40}}},
		{"d", "GETs", plain, n(1000, 1000), false, false, []target{{against: "bare", slower: 1.2}, ahead("hurl")}},
		{"e", "a CSV file, a GET a row", plain, n(1000, 10_000), true, false, []target{{against: "bare", slower: 1.3}}},
		{"f", "answers of 10 MB, parsed, one assertion", big, n(5, 20), false, false, []target{{against: "newman", faster: 20}, {against: "k6", faster: 4}}},
		{"g", "lodash, deep equality, HMAC, moment over 20 objects", libraries, n(100, 100), false, false, []target{{against: "newman", faster: 12}}},
		{"h", "the same over 200 objects: only computing, which a just-in-time compiler is good at", heavy, n(20, 100), false, false, []target{{against: "newman", faster: 2}}},
		{"p", itoa(atOnce) + " folders of " + itoa(perFolder) + " requests, answers after 100 ms, --parallel " + itoa(atOnce), folders, 1, false, false, []target{{against: oneFolder, slower: 1.3}}},
	}
	var chosen []workload
	for _, w := range all {
		if only == "" || strings.Contains(only, w.letter) {
			chosen = append(chosen, w)
		}
	}
	if only == "" || strings.Contains(only, "m") {
		for _, of := range []int{1000, 100_000, 1_000_000} {
			if of <= max(rows, n(0, 1_000_000)) {
				chosen = append(chosen, workload{"m" + short(of), "memory: a CSV file of " + short(of) + " rows, a GET a row", plain, of, true, false, nil})
			}
		}
	}
	return chosen
}

// short writes 1000 as 1k.
func short(n int) string {
	switch {
	case n%1_000_000 == 0:
		return itoa(n/1_000_000) + "M"
	case n%1000 == 0:
		return itoa(n/1000) + "k"
	}
	return itoa(n)
}
