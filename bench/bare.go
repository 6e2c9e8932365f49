package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
)

// bare is the floor: Go's net/http sending the requests of a workload over one connection, bodies read and dropped,
// the status looked at. Its arguments are the base URL, the path, how often, and a data file or "".
func bare(args []string) error {
	if len(args) != 4 {
		return fmt.Errorf("bare takes URL PATH COUNT DATA, not %q", args)
	}
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return fmt.Errorf("reading the count: %w", err)
	}
	b := bareClient{base: args[0], client: &http.Client{Transport: &http.Transport{}}}
	switch {
	case args[3] != "":
		return b.rows(args[3])
	case args[1] == "/payments":
		return b.payments(n)
	}
	for range n {
		if err := b.send(http.MethodGet, args[1], "", "", http.StatusOK); err != nil {
			return err
		}
	}
	return nil
}

type bareClient struct {
	base   string
	client *http.Client
}

// send is one request as the collection sends it, with nothing around it: the floor that a runner on Go's net/http
// could reach. The body is read to its end, so that the connection can be used again.
func (b *bareClient) send(method, path, body, key string, want int) error {
	request, err := http.NewRequestWithContext(context.Background(), method, b.base+path, strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("making a request: %w", err)
	}
	if key != "" {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
		request.Header.Set("Authorization", "Bearer abc")
		request.Header.Set("Merchant-Serial-Number", "123456")
	}
	response, err := b.client.Do(request)
	if err != nil {
		return fmt.Errorf("sending: %w", err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if response.StatusCode != want {
		return fmt.Errorf("%s %s answered %s", method, path, response.Status)
	}
	return nil
}

// payments sends the ten requests of workload b, n times.
func (b *bareClient) payments(n int) error {
	for i := range n {
		for j := range perRound {
			key := "order-" + strconv.Itoa(i) + "-" + strconv.Itoa(j)
			if err := b.send(http.MethodPost, "/payments", strings.ReplaceAll(paymentBody, "{{reference}}", key), key, http.StatusCreated); err != nil {
				return err
			}
		}
	}
	return nil
}

// rows sends a request for each row of the data.
func (b *bareClient) rows(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("reading the data: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Scan() // the header
	for lines.Scan() {
		reference, _, _ := strings.Cut(lines.Text(), ",")
		if err := b.send(http.MethodGet, "/plain?reference="+reference, "", "", http.StatusOK); err != nil {
			return err
		}
	}
	return lines.Err()
}
