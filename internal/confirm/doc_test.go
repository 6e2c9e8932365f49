// Package confirm replays what newman did.
//
// testdata/confirm holds small Postman collections and, beside each, a record: what newman 6.2.2 sent and was
// answered, asserted, counted, exported and reported when it ran the collection. The tests here run ours on the same
// collections, answer it from the record, and compare. They need neither newman nor a network.
//
// The records are facts and are never edited by hand: `make confirm UPDATE=1` writes them, which runs
//
//	go test ./internal/confirm -run TestRecord -record
//
// with the real newman behind the fake network of ../shared/parity. What differs on purpose stands in
// testdata/confirm/differences.json with its reason; what is covered by which case, in docs/compatibility.md.
package confirm
