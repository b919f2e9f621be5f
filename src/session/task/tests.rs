mod checking;
mod desk;
mod examining;
mod signing;
