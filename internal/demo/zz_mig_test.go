package demo

import (
	"context"
	"os"
	"testing"

	"rancak/migrations"
)

func TestMig(t *testing.T) {
	url := os.Getenv("DEMO_URL")
	if url == "" {
		t.Skip()
	}
	if os.Getenv("DEMO_DOWN") != "" {
		if err := migrations.Down(context.Background(), url); err != nil {
			t.Fatal(err)
		}
	}
	if err := migrations.Up(context.Background(), url); err != nil {
		t.Fatal(err)
	}
}
