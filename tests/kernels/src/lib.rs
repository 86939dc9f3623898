//! The kernels alone, without the crates that the rest of semrel needs: quick to build for another
//! processor. `.ci/kernels` runs their tests for 64-bit Arm (emulated) and for WebAssembly (in Node).
#![allow(dead_code, unused_imports, unreachable_pub)]

#[path = "../../../src/inference/kernels/mod.rs"]
mod kernels;
