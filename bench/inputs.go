package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// writeInputs writes what the runners read: collections, data, and the scripts of the others.
func writeInputs(dir, base string, loads []workload) error {
	for _, w := range loads {
		files := map[string]string{
			w.name() + ".json": collectionOf(w, base),
			w.name() + ".js":   k6Script(w, base),
			w.name() + ".hurl": hurlFile(w, base),
		}
		for name, text := range bruFiles(w, base) {
			files[filepath.Join("bru-"+w.name(), name)] = text
		}
		for name, text := range files {
			name = filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return fmt.Errorf("writing the inputs: %w", err)
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				return fmt.Errorf("writing the inputs: %w", err)
			}
		}
		if w.rows {
			if err := writeRows(filepath.Join(dir, w.name()+".csv"), w.iterations); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeRows writes n rows of data, one at a time: this program has to stay small.
func writeRows(name string, n int) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("writing the data: %w", err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "reference,amount,phone,text")
	for i := range n {
		fmt.Fprintf(w, "order-%08d,%d,47%08d,two pairs of socks\n", i, i%1000*100, i)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing the data: %w", err)
	}
	return file.Close()
}

const (
	beforePayment = `pm.collectionVariables.set('reference', 'order-' + pm.info.iteration + '-' + pm.info.requestName);`
	afterPayment  = `const answer = pm.response.json();
pm.test('created', () => pm.response.to.have.status(201));
pm.test('is ours', () => pm.expect(answer.reference).to.equal(pm.collectionVariables.get('reference')));
pm.test('in kroner', () => pm.expect(answer.aggregate.authorizedAmount).to.eql({currency: 'NOK', value: 0}));`
	afterBig       = `const answer = pm.response.json(); pm.test('all', () => pm.expect(answer.items.length).to.equal(40000));`
	afterLibraries = `const lo = require('lodash'), time = require('moment'), crypto = require('crypto-js');
const list = lo.range(SIZE).map(i => ({id: i, group: i % 7, at: time('2026-01-01').add(i, 'days').format('YYYY-MM-DD')}));
const groups = lo.mapValues(lo.groupBy(list, 'group'), g => lo.sumBy(g, 'id'));
pm.test('equal', () => pm.expect(lo.cloneDeep(list)).to.eql(list));
pm.test('groups', () => pm.expect(lo.sum(lo.values(groups))).to.equal(SIZE * (SIZE - 1) / 2));
pm.test('signed', () => pm.expect(crypto.HmacSHA256(JSON.stringify(list), 'secret').toString()).to.have.lengthOf(64));`
)

// collectionOf is a workload as Postman and newman have it.
func collectionOf(w workload, base string) string {
	type object = map[string]any
	script := func(listen, code string) object {
		return object{"listen": listen, "script": object{"type": "text/javascript", "exec": strings.Split(code, "\n")}}
	}
	get := object{"method": "GET", "url": base + w.path()}
	var items []object
	switch w.kind {
	case payments:
		for i := range perRound {
			items = append(items, object{
				"name": itoa(i), "event": []object{script("prerequest", beforePayment), script("test", afterPayment)},
				"request": object{
					"method": "POST", "url": base + w.path(), "body": object{"mode": "raw", "raw": paymentBody},
					"header": []object{
						{"key": "Content-Type", "value": "application/json"},
						{"key": "Idempotency-Key", "value": "{{reference}}"},
						{"key": "Authorization", "value": "Bearer abc"},
						{"key": "Merchant-Serial-Number", "value": "123456"},
					},
				},
			})
		}
	case big:
		items = []object{{"name": "big", "request": get, "event": []object{script("test", afterBig)}}}
	case libraries, heavy:
		size := "20"
		if w.kind == heavy {
			size = "200"
		}
		items = []object{{"name": "libraries", "request": get, "event": []object{script("test", strings.ReplaceAll(afterLibraries, "SIZE", size))}}}
	case folders:
		for i := range atOnce {
			var inside []object
			for j := range perFolder {
				inside = append(inside, object{"name": itoa(j), "request": get})
			}
			items = append(items, object{"name": "folder " + itoa(i), "item": inside})
		}
	case plain:
		if w.rows {
			get["url"] = base + w.path() + "?reference={{reference}}"
		}
		items = []object{{"name": "plain", "request": get}}
	}
	text, err := json.Marshal(object{
		"info": object{"name": "bench " + w.letter, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": items,
	})
	if err != nil {
		panic(err) // plain data always encodes
	}
	return string(text)
}
