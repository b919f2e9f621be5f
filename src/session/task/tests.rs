mod checking;
mod desk;
mod signing;
